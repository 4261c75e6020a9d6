// npm run bench: each figure against a baseline that is measured in the same run. --short takes seconds.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figures, Report } from '../src/index.js';
import { baseline, lastfix, median, pairs, run } from './processes.js';

const short = process.argv.includes('--short');
const folder = mkdtempSync(join(tmpdir(), 'lastfix-bench-'));
const at = (name: string) => join(folder, name);
const replay = (input: string, ...args: string[]) => lastfix('replay', at(input), '--output', at('log.csv'), '--stats', at('stats.json'), '--quiet', ...args);
const stats = () => JSON.parse(readFileSync(at('stats.json'), 'utf8')) as Report;
const figure = (number: number) => number.toLocaleString('en-US', number < 1000 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 });
const print = (...columns: string[]) => process.stdout.write(`| ${columns.join(' | ')} |\n`);

function generate(name: string, devices: number, duration: string): number {
  run(lastfix('generate', '--devices', String(devices), '--duration', duration, '-o', at(name)));
  return readFileSync(at(name), 'latin1').split('\n').length - 2;
}

/** Full speed against csv-parse alone over the same file: whole processes, in turn. */
function fullSpeed(name: string, devices: number, duration: string): void {
  const fixes = generate(name, devices, duration);
  const { a, b } = pairs(replay(name, '--rate', 'max'), baseline('csvParseAlone', at(name)), short ? 1 : 5);
  const { processing_us, peak_memory_mib, reading_us_per_row } = stats();
  const what = `${fixes.toLocaleString('en-US')} fixes of ${devices.toLocaleString('en-US')} devices`;
  print(`${what} at \`--rate max\`, whole process`, `${figure(median(a))} s, ${figure(fixes / median(a))} fixes/s`, `csv-parse alone: ${figure(median(b))} s`, ratio(median(a), median(b)));
  const perRow = Number(run(baseline('csvParseAlone', at(name))).stdout);
  print(`… processing a fix: mean, p50, p99, max`, `${micros(processing_us!)} µs`, `csv-parse alone, within: ${figure(perRow)} µs a row`, ratio(processing_us!.mean, perRow));
  print(`… reading, checking and sorting a row`, `${figure(reading_us_per_row!)} µs`, `csv-parse alone, within: ${figure(perRow)} µs a row`, ratio(reading_us_per_row!, perRow));
  print(`… peak memory`, `${figure(peak_memory_mib)} MiB`, `the file: ${figure(readFileSync(at(name)).length / 2 ** 20)} MiB`, '');
}

/** Lateness and latency in time, against a bare timer over as many ms. */
function inTime(name: string, millis: number, what: string, ...args: string[]): void {
  const bare = JSON.parse(run(baseline('bareTimer', String(Math.min(millis, 30_000)))).stdout) as Figures;
  run(replay(name, ...args));
  const { lateness_ms, latency_ms } = stats();
  print(`${what}: lateness p50, p99, max`, `${millisOf(lateness_ms!)} ms`, `a bare timer: ${millisOf(bare)} ms`, ratio(lateness_ms!.p99, bare.p99));
  const { p50, p99, max } = latency_ms!;
  print(`… end to end p50, p99, max`, `${[p50, p99, max].map(figure).join(', ')} ms`, 'flushing every 1,000 ms: 500, 990, 1,000 ms', ratio(max, 1000));
}

/** A sink that is slower than the source, against one that is not: memory stays what it is. */
function slowSink(fixes: number): void {
  const measured = (millis: number) => JSON.parse(run({ ...baseline('slowSink', String(millis), String(fixes)), heap: 32 }).stdout) as { readonly most: number; readonly mib: number };
  const [slow, fast] = [measured(200), measured(0)];
  const what = `${fixes.toLocaleString('en-US')} fixes at \`--rate max\` into a sink that takes 200 ms a write, heap of 32 MiB`;
  print(`${what}: fixes under way at most`, figure(slow.most), `a sink that takes none: ${figure(fast.most)}`, ratio(slow.most, fast.most));
  print('… peak memory', `${figure(slow.mib)} MiB`, `a sink that takes none: ${figure(fast.mib)} MiB`, ratio(slow.mib, fast.mib));
}

/** A question, against the start of Node.js with nothing to do. */
function question(name: string): void {
  run(replay(name, '--rate', 'max'));
  const device = readFileSync(at('log.csv'), 'utf8').split('\n')[1]!.split(',')[1]!;
  writeFileSync(at('nothing.mjs'), '');
  const { a, b } = pairs(lastfix('query', device, '--output', at('log.csv')), { script: at('nothing.mjs'), args: [] }, short ? 1 : 9);
  print('`lastfix query` of the log of two hours, whole process', `${figure(median(a))} s`, `node with nothing to do: ${figure(median(b))} s`, ratio(median(a), median(b)));
}

const ratio = (a: number, b: number) => figure(a / b);
const micros = ({ mean, p50, p99, max }: Figures) => [mean, p50, p99, max].map(figure).join(', ');
const millisOf = ({ p50, p99, max }: Figures) => [p50, p99, max].map(figure).join(', ');

try {
  process.stdout.write(`Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, ${new Date().toISOString().slice(0, 10)}\n\n`);
  print('measure', 'lastfix', 'baseline', 'ratio');
  print('---', '---', '---', '---');
  fullSpeed('two-hours.csv', 4, short ? '5m' : '83m');
  if (!short) fullSpeed('fleet.csv', 4000, '505s');
  slowSink(short ? 20_000 : 200_000);
  question('two-hours.csv');
  const seconds = short ? 10 : 30;
  generate('live.csv', 40, `${seconds}s`);
  inTime('live.csv', seconds * 1000, `1x over ${seconds} s, 40 devices`);
  if (!short) {
    generate('hours.csv', 4, '2h');
    inTime('hours.csv', 120_000, '`--rate 60` over two hours of stream time, 4 devices', '--rate', '60');
  }
} finally {
  rmSync(folder, { recursive: true });
}
