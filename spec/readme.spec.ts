import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { addressOf, lastfix } from './support/lastfix.js';
import { temporaryFolder } from './support/temporaryFolder.js';

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const read = (path: string) => readFileSync(root(path), 'utf8');
const PAPERS = ['README.md', 'CONTRIBUTING.md', 'examples/README.md', ...readdirSync(root('docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];
const TEXT = PAPERS.map(read).join('\n');
const CI = read('.ci/run');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };

const blocksOf = (text: string, language: string) => [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, block]) => block!);
const blocks = (language: string) => blocksOf(TEXT, language);
/** The words of a command line; none in the papers needs quotes. */
const words = (command: string) => command.trim().split(/\s+/);
const lines = blocks('sh').flatMap((block) => block.trim().split('\n')).flatMap((line) => line.split(' && '));
/** The arguments of every `npx lastfix` that is named, in a block or within a line. */
const named = [...new Set([...[...TEXT.matchAll(/`npx lastfix ([^`\n]*)`/g)].map(([, args]) => args!), ...lines.flatMap((line) => /^npx lastfix (.*)$/.exec(line)?.[1] ?? [])])];
const isQuestion = (args: string) => args.startsWith('query');
const isServed = (args: string) => args.startsWith('serve') || args.includes('--serve');
const isOther = (args: string) => !isQuestion(args) && !isServed(args) && !args.endsWith(' -'); // of standard input, replay.inputs.spec has more

describe('the papers', () => {
  const at = temporaryFolder();
  before(async () => {
    mkdirSync(at('fixtures'));
    copyFileSync(root('fixtures/minute.csv'), at('fixtures/minute.csv'));
    copyFileSync(root('fixtures/minute.csv'), at('recording.csv'));
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

  for (const args of named.filter(isQuestion)) {
    it(`should name a question that is answered: npx lastfix ${args}`, async () => {
      const { status, stdout, stderr } = await lastfix(words(args), at(), (child) => {
        if (args.includes('--follow')) child.stdout!.once('data', () => child.kill('SIGINT'));
      });
      expect(stderr).to.match(args.includes('--explain') ? /^index / : /^$/);
      expect(stdout).not.to.equal('');
      expect(status).to.equal(0);
    });
  }

  for (const args of named.filter(isServed)) {
    it(`should name what is served: npx lastfix ${args}`, async () => {
      const { status, stderr } = await lastfix([...words(args), '--port', '0', ...(args.startsWith('replay') ? ['--output', 'steered.csv'] : [])], at(), async (child) => {
        expect((await fetch(await addressOf(child))).status).to.equal(200);
        child.kill('SIGINT');
      });
      expect(status, stderr).to.be.oneOf([0, 130]);
    });
  }

  for (const [i, args] of named.filter(isOther).entries()) {
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
    const asked = lines.flatMap((line) => /^curl (.*)$/.exec(line)?.[1] ?? []);
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

  it('should play the minute, say where it is shown, and end without a terminal: npm start', async () => {
    const [node, program, ...args] = words(scripts['start']!);
    expect([node, program]).to.deep.equal(['node', 'dist/bundle/cli/lastfix.js']);
    const { status, stderr } = await lastfix([...args, '--rate', 'max', '--output', 'started.csv'], at());
    expect(stderr).to.match(/^lastfix: serving started\.csv at http:\/\/127\.0\.0\.1:\d+\/$/m);
    expect(status, stderr).to.equal(0);
  });

  it('should name no script that there is not, and no command that nothing runs', () => {
    for (const [, script] of TEXT.matchAll(/npm run (?:-s )?([\w:]+)/g)) expect(scripts).to.have.property(script!);
    const known = [/^npx lastfix /, /^curl /, /^npm (?:install|start|test)$/, /^npm run /, /^npx mocha --no-config --timeout 60000 dist\/spec\/\S+\.spec\.js$/];
    for (const line of lines) expect(known.some((pattern) => pattern.test(line)), line).to.equal(true);
  });

  it('should begin with the two commands that .ci/run runs', () => {
    expect(blocksOf(read('README.md'), 'sh')).to.deep.equal(['npm install && npm start\n', 'npm test\n']);
    for (const command of ['npm ci', 'npm start', 'npm test', 'npm run -s query', 'npm run -s bench -- --short']) expect(CI).to.include(command);
  });

  it('should show the examples as they are', () => {
    const examples = readdirSync(root('examples')).filter((name) => name.endsWith('.ts')).map((name) => read(`examples/${name}`));
    expect(blocks('ts')).to.have.length.greaterThan(3);
    for (const block of blocks('ts')) expect(examples).to.include(block);
  });

  it('should have a README of about 120 lines', () => {
    expect(read('README.md').split('\n').length).to.be.within(100, 135);
  });

  it('should list every command of lastfix and every paper', () => {
    for (const command of ['replay', 'check', 'query', 'serve', 'generate', 'completion']) expect(read('README.md')).to.include(`lastfix ${command}`);
    for (const paper of PAPERS) if (paper !== 'README.md') expect(read('README.md')).to.include(`](${paper}`);
  });
});
