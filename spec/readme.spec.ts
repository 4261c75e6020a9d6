import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { Broker } from './support/Broker.js';
import { eventually } from './support/eventually.js';
import { gatewayAt } from './support/gatewayAt.js';
import { addressOf, lastfix, MAIN } from './support/lastfix.js';
import { MemoryOutlet } from './support/MemoryOutlet.js';
import { Receiver } from './support/Receiver.js';
import { shell } from './support/shell.js';
import { NAMED } from './support/samples.js';
import { temporaryFolder } from './support/temporaryFolder.js';

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const read = (path: string) => readFileSync(root(path), 'utf8');
const filesIn = (folder: string, ending: string) =>
  readdirSync(root(folder)).filter((name) => name.endsWith(ending)).map((name) => `${folder}/${name}`);
const PAPERS = ['README.md', 'CONTRIBUTING.md', 'examples/README.md', ...filesIn('docs', '.md')];
const TEXT = PAPERS.map(read).join('\n');
const CI = read('.ci/run').replaceAll('--ignore-scripts ', ''); // what they would do is done by then
const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found]) => found!);
const blocksOf = (text: string, language: string) => all(text, new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'));
const blocks = (language: string) => blocksOf(TEXT, language);
/** The words of a command line; in the papers, quotes are single ones. */
const words = (command: string) => [...command.trim().matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ''));
/** What a command line of curl asks. */
const curled = (args: string) => {
  const path = /http:\/\/127\.0\.0\.1:80\d\d\/([^\s']*)/.exec(args)![1]!;
  const body = /-d '([^']*)'/.exec(args)?.[1] ?? null;
  const given = [...args.matchAll(/-H '([\w-]+): ([^']*)'/g)].map(([, name, value]): [string, string] => [name!.toLowerCase(), value!]);
  const headers: Record<string, string> = { ...(body === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }), ...Object.fromEntries(given) };
  const method = /-X (\w+)/.exec(args)?.[1] ?? (args.startsWith('-I ') ? 'HEAD' : body === null ? 'GET' : 'POST');
  return { path, method, headers, body };
};
/** The layout that the papers show as a file. */
const LAYOUT = blocksOf(read('docs/reading.md'), 'json')[0]!;
const lines = blocks('sh').flatMap((block) => block.trim().split('\n')).flatMap((line) => line.split(' && '));
/** The arguments of every `npx lastfix` that is named, in a block or within a line. */
const named = [...new Set([...all(TEXT, /`npx lastfix ([^`\n]*)`/g), ...all(lines.join('\n'), /^npx lastfix (.*)$/gm)])];
const isQuestion = (args: string) => args.startsWith('query');
const isServed = (args: string) => args.startsWith('serve') || args.includes('--serve');
const isSent = (args: string) => /--output (?:-|https?:|mqtts?:)/.test(args);
/** What standard input is for, replay.inputs.spec has. */
/** What needs a broker, spec/services/gateway.spec runs. */
const isTaken = (args: string) => args.startsWith('gateway');
const isOther = (args: string) => !isQuestion(args) && !isServed(args) && !isSent(args) && !isTaken(args) && !args.endsWith(' -');

describe('the papers', () => {
  const at = temporaryFolder();
  before(async () => {
    mkdirSync(at('fixtures'));
    copyFileSync(root('fixtures/minute.csv'), at('fixtures/minute.csv'));
    copyFileSync(root('fixtures/minute.csv'), at('recording.csv'));
    await lastfix(['replay', root('fixtures/minute.csv'), '--rate', 'max'], at());
    await lastfix(['generate', '--duration', '20s', '--output', 'generated.csv'], at());
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
      const output = args.startsWith('replay') ? 'steered.csv' : 'output/output_stream.csv';
      const { status, stderr } = await lastfix([...words(args), '--port', '0', '--output', output], at(), async (child) => {
        expect((await fetch(await addressOf(child))).status).to.equal(200);
        child.kill('SIGINT');
      });
      expect(status, stderr).to.be.oneOf([0, 130]);
    });
  }

  for (const [i, args] of named.filter(isOther).entries()) {
    it(`should name a command that works: npx lastfix ${args}`, async () => {
      mkdirSync(at(String(i)));
      if (!args.startsWith('generate')) copyFileSync(at('generated.csv'), at(String(i), 'recording.csv'));
      if (args.includes('more.csv.gz')) writeFileSync(at(String(i), 'more.csv.gz'), gzipSync(readFileSync(at('generated.csv'))));
      for (const name of Object.keys(NAMED).filter((name) => words(args).includes(name))) writeFileSync(at(String(i), name), NAMED[name]!);
      if (args.includes('fleet.json')) writeFileSync(at(String(i), 'fleet.json'), LAYOUT);
      const mapped = args.includes('recording.csv') && args.includes('--columns') ? ['--columns', 'arrival=sts,device=device_fk_id'] : [];
      const { status, stderr } = await lastfix([...words(args), ...mapped], at(String(i)));
      expect(stderr).not.to.match(/^lastfix: .*\nSee: /);
      expect(status).to.equal(0);
    });
  }

  for (const args of named.filter(isSent)) {
    it(`should name what is sent: npx lastfix ${args}`, async () => {
      const [receiver, broker] = await Promise.all([Receiver.start(), Broker.start()]);
      copyFileSync(at('generated.csv'), at('recording.csv'));
      const there = args
        .replace(/ --rate \S+/, '')
        .replace('recording.csv', 'recording.csv --rate max')
        .replace(/http:\/\/[\d.:]+/, `http://127.0.0.1:${receiver.port}`)
        .replace(/mqtt:\/\/[\d.:]+/, `mqtt://127.0.0.1:${broker.port}`);
      const command = `"${process.execPath}" "${MAIN}" ${there}`;
      try {
        const { status, stdout, stderr } = await shell(command, at());
        const output = /> (\S+)$/.exec(args)?.[1];
        const sent = stdout.length + receiver.received.length + broker.published.length + (output ? readFileSync(at(output)).length : 0);
        expect(status, stderr).to.equal(0);
        expect(sent).to.be.above(0);
      } finally {
        await Promise.all([receiver.close(), broker.close()]);
      }
    });
  }

  it('should ask a server what it answers', async () => {
    const asked = all(lines.join('\n'), /^curl (.*:8017\/.*)$/gm);
    expect(asked).to.have.length.greaterThan(3);
    const serving = ['replay', root('fixtures/minute.csv'), '--serve', '--port', '0', '--output', 'served.csv'];
    const { status } = await lastfix(serving, at(), async (child) => {
      const url = await addressOf(child);
      for (const args of asked.toReversed()) { // first it is told to go at sixty times the rate
        const { path, ...init } = curled(args);
        const ask = async () => {
          const answer = await fetch(`${url}${path}`, init);
          await answer.body?.getReader().read();
          return answer.status;
        };
        let status = await ask();
        while (status === 404) status = await ask(); // until that moment has come
        expect(status, args).to.be.oneOf([200, 204]);
      }
      child.kill('SIGINT');
    });
    expect(status).to.be.oneOf([0, 130]);
  });

  it('should send a gateway what it takes', async () => {
    const outlet = new MemoryOutlet();
    const gateway = await gatewayAt(outlet);
    try {
      await eventually(() => outlet.ticks.length > 0); // it is healthy
      const sent = all(lines.join('\n'), /^curl (.*:8018\/.*)$/gm);
      for (const args of sent) {
        const { path, ...init } = curled(args);
        expect((await fetch(`${gateway.url}/${path}`, init)).status, args).to.equal(200);
      }
      expect(sent).to.have.length.greaterThan(5);
      expect(outlet.fixes).to.have.lengthOf(sent.length - 2); // all but /health and /metrics
      expect(outlet.fixes.map(({ device, speed }) => `${device} ${speed}`)).to.include.members(['8250 30', '8250 ', 'ada/phone 30']);
    } finally {
      await gateway.close(0);
    }
  });

  it('should play the minute, say where it is shown, and end without a terminal: npm start', async () => {
    const [node, program, ...args] = words(scripts['start']!);
    expect([node, program]).to.deep.equal(['node', 'dist/bundle/cli/lastfix.js']);
    const { status, stderr } = await lastfix([...args, '--rate', 'max', '--output', 'started.csv'], at());
    expect(stderr).to.match(/^lastfix: serving started\.csv at http:\/\/127\.0\.0\.1:\d+\/$/m);
    expect(status, stderr).to.equal(0);
  });

  it('should name no script that there is not, and no command that nothing runs', () => {
    for (const script of all(TEXT, /npm run (?:-s )?([\w:]+)/g)) expect(scripts).to.have.property(script);
    const known = [/^npx lastfix /, /^npx openapi-typescript /, /^curl /, /^npm (?:install|start|test)$/, /^npm run /, /^npx mocha .* dist\/spec\/\S+\.spec\.js$/];
    for (const line of lines) expect(known.some((pattern) => pattern.test(line)), line).to.equal(true);
  });

  it('should begin with the two commands that .ci/run runs', () => {
    expect(blocksOf(read('README.md'), 'sh')).to.deep.equal(['npm install && npm start\n', 'npm test\n']);
    const commands = ['npm ci', 'npm start', 'npm test', 'npm run -s query', 'npm run -s test:services', 'npm run -s test:browser'];
    for (const command of [...commands, 'npm run -s bench -- --short']) expect(CI).to.include(command);
  });

  it('should show the examples as they are', () => {
    const examples = filesIn('examples', '.ts').map(read);
    expect(blocks('ts')).to.have.length.greaterThan(3);
    for (const block of blocks('ts')) expect(examples).to.include(block);
  });

  it('should have a README of about 120 lines', () => {
    expect(read('README.md').split('\n').length).to.be.within(100, 135);
  });

  it('should list every command of lastfix and every paper', () => {
    const readme = read('README.md');
    for (const name of ['replay', 'check', 'query', 'serve', 'generate', 'completion']) expect(readme).to.include(`npx lastfix ${name}`);
    for (const paper of PAPERS) if (paper !== 'README.md') expect(readme).to.include(`](${paper}`);
  });
});
