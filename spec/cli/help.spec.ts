import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { addressOf, lastfix } from '../support/lastfix.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const MINUTE = fileURLToPath(new URL('../../../fixtures/minute.csv', import.meta.url));
/** The examples of a help: command lines, without what is said of them. */
const examplesIn = (help: string) =>
  help
    .split('\nExamples\n')[1]!
    .split('\n\n')[0]!
    .split('\n')
    .filter((line) => line.startsWith('  lastfix '))
    .map((line) => line.trim().replace(/ {2,}.*$/, '').replace(/ (?:>|\|) \S+$/, ''));
const words = (line: string) => [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!).slice(1);

describe('the examples of the help', () => {
  const at = temporaryFolder();
  before(async () => {
    copyFileSync(MINUTE, at('recording.csv'));
    const text = readFileSync(MINUTE, 'utf8');
    writeFileSync(at('other.csv'), text.replace('device_fk_id', 'imei').replace('sts', 'received_at'));
    mkdirSync(at('more'));
    for (const name of ['day-1.csv.gz', 'day-2.csv.gz']) writeFileSync(at(name), gzipSync(text));
    copyFileSync(MINUTE, at('more/day-3.csv'));
    await lastfix(['replay', '--rate', 'max', '--quiet'], at()); // the minute that comes with lastfix
    await lastfix(['replay', '--rate', 'max', '--quiet', '-o', 'other/log.csv'], at());
  });

  for (const command of ['check', 'query', 'generate', 'serve', 'status', 'replay', undefined]) {
    it(`should all be done, by the recording that comes with lastfix: ${command ?? 'lastfix'}`, async () => {
      const { stdout } = await lastfix(['help', ...(command === undefined ? [] : [command])], at());
      const examples = examplesIn(stdout).filter((line) => !line.includes('://') && !line.includes('…')); // no other system runs here
      expect(examples).to.have.length.greaterThan(1);
      for (const line of examples) {
        const [name, ...others] = words(line);
        const [isServed, isLong] = [name === 'serve' || others.includes('--serve'), line.includes('4000')];
        const port = isServed ? ['--port', '0'] : [];
        const played = name === 'replay' ? ['--rate', 'max', '--output', 'played/log.csv'] : isLong ? ['--devices', '5'] : [];
        const { status, stderr } = await lastfix([name!, ...others, ...port, ...played], at(), async (child) => {
          if (isServed) await addressOf(child);
          if (isServed) child.kill('SIGINT');
          else if (others.includes('--follow')) child.stdout!.once('data', () => child.kill('SIGINT'));
        });
        expect([line, status, stderr.includes('See: ')], stderr).to.deep.equal([line, isServed && name === 'replay' ? status : 0, false]);
      }
    }).timeout(120_000);
  }
});
