import { writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import Fastify from 'fastify';
import { pageFiles } from '../../src/serve/pageFiles.js';
import { varyBy } from '../../src/serve/varyBy.js';
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

  const served = (headers: Readonly<Record<string, string>>) => {
    writeFileSync(at('land.json.gz'), gzipSync('{"land":1}'));
    const app = Fastify();
    pageFiles(app, at('.'));
    return app.inject({ url: '/page/land.json', headers });
  };

  for (const [encodings, isPacked] of [
    ['gzip, deflate, br', true],
    ['br;q=1.0, gzip;q=0.8', true],
    ['gzip;q=0', false],
    ['identity', false],
    ['', false],
    ['br', false],
  ] as const) {
    it(`should serve it ${isPacked ? 'packed' : 'unpacked'} to who accepts ${encodings || 'nothing named'}`, async () => {
      const { headers, rawPayload } = await served({ 'accept-encoding': encodings });
      expect([headers['content-encoding'], headers.vary]).to.deep.equal([isPacked ? 'gzip' : undefined, 'Accept-Encoding']);
      expect((isPacked ? gunzipSync(rawPayload) : rawPayload).toString()).to.equal('{"land":1}');
    });
  }

  it('should say that a file is still the one that the client has, and send it when it is not', async () => {
    const { headers } = await served({});
    const tag = String(headers.etag);
    expect(headers['cache-control']).to.equal('no-cache');
    const again = await served({ 'if-none-match': `"other", ${tag}`, 'accept-encoding': 'gzip' });
    expect([again.statusCode, again.body, again.headers.etag]).to.deep.equal([304, '', tag]);
    const strong = await served({ 'if-none-match': `"other", ${tag.replace('W/', '')}` });
    expect([strong.statusCode, strong.body]).to.deep.equal([304, '']);
    const other = await served({ 'if-none-match': 'W/"other"' });
    expect([other.statusCode, other.body]).to.deep.equal([200, '{"land":1}']);
  });

  it('should be kept apart for each origin where the answer names the one that asked', async () => {
    writeFileSync(at('page.css'), 'body {}');
    const app = Fastify();
    app.addHook('onRequest', (_, reply, done) => {
      varyBy(reply, 'Origin');
      done();
    });
    pageFiles(app, at('.'));
    const { headers } = await app.inject('/page/page.css');
    expect(headers.vary).to.equal('Origin, Accept-Encoding');
  });
});
