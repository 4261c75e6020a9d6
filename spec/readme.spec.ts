import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { addressOf, lastfix } from './support/lastfix.js';
import { temporaryFolder } from './support/temporaryFolder.js';

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const README = readFileSync(root('README.md'), 'utf8');
const CI = readFileSync(root('.ci/run'), 'utf8');

const blocks = (language: string) => [...README.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, text]) => text!);
/** The words of a command line; none in the README needs quotes. */
const words = (command: string) => command.trim().split(/\s+/);

describe('the README', () => {
  const at = temporaryFolder();
  before(async () => {
    mkdirSync(at('fixtures'));
    copyFileSync(root('fixtures/minute.csv'), at('fixtures/minute.csv'));
    await lastfix(['replay', root('fixtures/minute.csv'), '--rate', 'max'], at());
  });

  for (const [, command, printed] of blocks('console').flatMap((text) => [...text.matchAll(/^\$ (.*)\n((?:(?!\$ ).*\n)*)/gm)])) {
    it(`should show what is printed by: ${command!}`, async () => {
      expect(command).to.match(/^npm run -s query -- |^npx lastfix check /);
      const [first, ...others] = words(command!);
      const { stdout, stderr } = await lastfix(first === 'npx' ? others.slice(1) : ['query', ...others.slice(4)], at());
      expect(stdout + stderr).to.equal(printed);
    });
  }

  const table = [...README.matchAll(/`npx lastfix ([^`]*)`/g)].map(([, args]) => args!);
  it('should name the commands that there are to do', () => {
    expect(table).to.have.length.greaterThan(8);
  });
  for (const args of table.filter((args) => args.startsWith('query'))) {
    it(`should name a question that is answered: npx lastfix ${args}`, async () => {
      const { status, stdout, stderr } = await lastfix(words(args), at(), (child) => {
        if (args.includes('--follow')) child.stdout!.once('data', () => child.kill('SIGINT'));
      });
      expect(stderr).to.match(args.includes('--explain') ? /^index / : /^$/);
      expect(stdout).not.to.equal('');
      expect(status).to.equal(0);
    });
  }
  for (const [i, args] of table.filter((args) => !args.startsWith('query') && !args.endsWith(' -')).entries()) { // of standard input, replay.inputs.spec has more
    it(`should name a command that works: npx lastfix ${args}`, async () => {
      mkdirSync(at(String(i)));
      await lastfix(['generate', '--duration', '20s', ...(args.startsWith('generate') ? [] : ['--output', 'recording.csv'])], at(String(i)));
      if (args.includes('more.csv.gz')) writeFileSync(at(String(i), 'more.csv.gz'), gzipSync(readFileSync(at(String(i), 'recording.csv'))));
      const mapped = args.includes('--columns') ? ['--columns', 'arrival=sts,device=device_fk_id'] : [];
      const { status, stderr } = await lastfix([...words(args), ...mapped], at(String(i)));
      expect(stderr).not.to.match(/^lastfix: .*\nSee: /);
      expect(status).to.equal(0);
    });
  }

  it('should ask a server what it answers', async () => {
    const asked = blocks('sh').flatMap((text) => [...text.matchAll(/^curl (.*)$/gm)].map(([, args]) => args!));
    expect(asked).to.have.length.greaterThan(3);
    const { status } = await lastfix(['replay', root('fixtures/minute.csv'), '--serve', '--port', '0', '--output', 'served.csv'], at(), async (child) => {
      const url = await addressOf(child);
      for (const args of asked.toReversed()) { // first it is told to go at sixty times the rate
        const path = /http:\/\/127\.0\.0\.1:8017\/([^\s']*)/.exec(args)![1]!;
        const body = /-d '([^']*)'/.exec(args)?.[1];
        const ask = async () => {
          const answer = await fetch(`${url}${path}`, body === undefined ? {} : { method: 'POST', body, headers: { 'content-type': 'application/json' } });
          await answer.body?.getReader().read();
          return answer.status;
        };
        let status = await ask();
        while (status === 404) status = await ask(); // until that moment has come
        expect(status, args).to.equal(200);
      }
      child.kill('SIGINT');
    });
    expect(status).to.be.oneOf([0, 130]);
  });

  it('should begin with the two commands that .ci/run runs', () => {
    expect(blocks('sh')[0]).to.equal('npm install && npm start\n');
    for (const command of ['npm ci', 'npm start', 'npm test', 'npm run -s query', 'npm run -s bench -- --short']) expect(CI).to.include(command);
  });

  it('should play the minute, say where it is shown, and end without a terminal: npm start', async () => {
    const { scripts } = JSON.parse(readFileSync(root('package.json'), 'utf8')) as { scripts: { start: string } };
    const [node, program, ...args] = words(scripts.start);
    expect([node, program]).to.deep.equal(['node', 'dist/bundle/cli/lastfix.js']);
    const { status, stderr } = await lastfix([...args, '--rate', 'max', '--output', 'started.csv'], at());
    expect(stderr).to.match(/^lastfix: serving started\.csv at http:\/\/127\.0\.0\.1:\d+\/$/m);
    expect(status, stderr).to.equal(0);
  });

  it('should show the example that is compiled with the specs', () => {
    const example = readFileSync(root('spec/support/readmeExample.ts'), 'utf8').replace('../../src/index.js', 'lastfix');
    expect(blocks('ts')).to.deep.equal([example]);
  });
});
