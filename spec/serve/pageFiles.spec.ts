import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import Fastify from 'fastify';
import { pageFiles } from '../../src/serve/pageFiles.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('pageFiles', () => {
  const at = temporaryFolder();

  it('should serve what is packed in the folder unpacked, by its name without .gz', async () => {
    writeFileSync(at('land.json.gz'), gzipSync('{"land":1}'));
    writeFileSync(at('page.css'), 'body {}');
    writeFileSync(at('notes.txt.gz'), gzipSync('x'));
    const app = Fastify();
    pageFiles(app, at('.'));
    const answers = await Promise.all(['land.json', 'page.css', 'land.json.gz', 'notes.txt'].map((name) => app.inject(`/page/${name}`)));
    expect(answers.map(({ statusCode, headers, body }) => [statusCode, headers['content-type'], body]).slice(0, 2)).to.deep.equal([
      [200, 'application/json; charset=utf-8', '{"land":1}'],
      [200, 'text/css; charset=utf-8', 'body {}'],
    ]);
    expect(answers.slice(2).map(({ statusCode }) => statusCode)).to.deep.equal([404, 404]);
  });
});
