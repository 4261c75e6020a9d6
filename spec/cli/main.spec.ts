import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { lastfix, MAIN } from '../support/lastfix.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('lastfix', () => {
  const at = temporaryFolder();
  const run = (...args: string[]) => lastfix(args, at());

  for (const args of [
    ['--help'],
    ['replay', '--help'],
    ['check', '--help'],
    ['query', '--help'],
    ['status', '--help'],
    ['gateway', '--help'],
    ['forget', '--help'],
    ['generate', '-h'],
    ['completion', '--help'],
  ]) {
    it(`should explain itself, examples first: ${args.join(' ')}`, async () => {
      const { status, stdout, stderr } = await run(...args);
      expect([status, stderr]).to.deep.equal([0, '']);
      expect(stdout.indexOf('\nExamples\n')).to.be.within(0, stdout.indexOf('\n  -'));
      expect(Math.max(...stdout.split('\n').map(({ length }) => length))).to.be.at.most(110);
      const examples = stdout.split('\nExamples\n')[1]!.split('\n\n')[0]!.split('\n');
      const columns = examples
        .map((line) => /\S( {2,})\S/.exec(line))
        .filter((gap) => gap !== null)
        .map(({ index, 1: gap }) => index + gap!.length);
      expect(new Set(columns).size, examples.join('\n')).to.equal(1);
    });
  }

  it('should tell its version', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string };
    expect(await run('--version')).to.include({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  const ALL = 'replay, check, query, serve, status, gateway, forget, generate or completion';
  for (const [args, message] of [
    [[], `no command given: give ${ALL}`],
    [['toString'], `there is no command "toString": give ${ALL}`],
    [['replya'], 'there is no command "replya": did you mean replay?'],
    [['helpp'], 'there is no command "helpp": did you mean help?'],
    [['--rate', '60'], `there is no option "--rate" before a command: give ${ALL} first`],
    [['mine.csv'], '"mine.csv" is a file, not a command: to play it, give replay before it'],
  ] as const) {
    it(`should say what may stand in the place of: lastfix ${args.join(' ')}`, async () => {
      writeFileSync(at('mine.csv'), '');
      expect(await run(...args)).to.deep.include({ status: 2, stdout: '', stderr: `lastfix: ${message}\nSee: lastfix --help\n` });
    });
  }

  it('should help when it is asked to in a word', async () => {
    expect(await run('help')).to.deep.equal(await run('--help'));
    expect(await run('help', 'query')).to.deep.equal(await run('query', '--help'));
  });

  for (const args of [['--help'], ['query', '8250'], ['generate']]) {
    it(`should fail, and say so, when standard output is full: lastfix ${args.join(' ')}`, async () => {
      if (!existsSync('/dev/full')) return;
      await run('replay', '--rate', 'max', '--quiet');
      const full = openSync('/dev/full', 'w');
      const { status, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
        cwd: at(),
        encoding: 'utf8',
        stdio: ['ignore', full, 'pipe'],
      });
      closeSync(full);
      expect(status).to.equal(args[0] === 'query' ? 2 : 1);
      expect(stderr).to.match(/^lastfix: cannot write to standard output: ENOSPC.*\n$/);
    });
  }

  it('should write no escape codes where there is no terminal', async () => {
    const { stderr } = await run('replay', '--rate', 'max');
    expect(stderr).not.to.include('\u001b');
  });
});
