// npm run bench: each figure against a baseline that is measured in the same run. --short takes a minute, --long adds
// ten million fixes, a store and a stream, --store is a store alone, --stream a stream alone, --rows 10000000 asks a store of
// so many fixes; --json FILE also writes the table as JSON.
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Figures, Report } from '../src/index.js';
import type { Traced } from './traced.js';
import { baseline, lastfix, median, pairs, pandasLoop, run, type Command } from './processes.js';
import { storeMeasures } from './store.js';
import { streamMeasures } from './stream.js';

const { short, long, json, store, stream, rows } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    store: { type: 'boolean', default: false },
    stream: { type: 'boolean', default: false },
    rows: { type: 'string', default: '1000000' },
    json: { type: 'string' },
  },
}).values;
const folder = mkdtempSync(join(tmpdir(), 'lastfix-bench-'));
const at = (name: string) => join(folder, name);
const replay = (input: string, ...args: string[]) =>
  lastfix('replay', at(input), '--output', at('log.csv'), '--stats', at('stats.json'), '--quiet', ...args);
const stats = () => JSON.parse(readFileSync(at('stats.json'), 'utf8')) as Report;
const figure = (number: number) =>
  number.toLocaleString('en-US', number < 1000 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 });
const LF = 10;
const printed: string[][] = [];
const print = (...columns: string[]) => {
  printed.push(columns);
  process.stdout.write(`| ${columns.join(' | ')} |\n`);
};

function generate(name: string, devices: number, duration: string): number {
  run(lastfix('generate', '--devices', String(devices), '--duration', duration, '-o', at(name)));
  const file = openSync(at(name), 'r');
  const chunk = Buffer.alloc(2 ** 20); // a process that holds the whole file lends its peak memory to those that it starts
  let lines = 0;
  for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
    for (let from = chunk.indexOf(LF); from >= 0 && from < read; from = chunk.indexOf(LF, from + 1)) lines++;
  }
  closeSync(file);
  return lines - 1;
}

/** Full speed against csv-parse alone over the same file, and against DuckDB doing the same job: whole processes, in turn. */
function fullSpeed(name: string, devices: number, duration: string, times = 5): void {
  const fixes = generate(name, devices, duration);
  const { a, b } = pairs(replay(name, '--rate', 'max'), baseline('csvParseAlone', at(name)), short ? 1 : times);
  const { processing_us, peak_memory_mib, reading_us_per_row } = stats();
  const what = `${fixes.toLocaleString('en-US')} fixes of ${devices.toLocaleString('en-US')} devices`;
  print(
    `${what} at \`--rate max\`, whole process`,
    `${figure(median(a))} s, ${figure(fixes / median(a))} fixes/s`,
    `csv-parse alone: ${figure(median(b))} s`,
    ratio(median(a), median(b)),
  );
  sameJob(name, times);
  const perRow = Number(run(baseline('csvParseAlone', at(name))).stdout);
  print(
    `… processing a fix: mean, p50, p99, max`,
    `${micros(processing_us!)} µs`,
    `csv-parse alone, within: ${figure(perRow)} µs a row`,
    ratio(processing_us!.mean, perRow),
  );
  print(
    `… reading, checking and sorting a row`,
    `${figure(reading_us_per_row!)} µs`,
    `csv-parse alone, within: ${figure(perRow)} µs a row`,
    ratio(reading_us_per_row!, perRow),
  );
  print(`… peak memory`, `${figure(peak_memory_mib)} MiB`, `the file: ${figure(statSync(at(name)).size / 2 ** 20)} MiB`, '');
}

/** Full speed against DuckDB doing the same job: whole processes, in turn. */
function sameJob(name: string, times: number): void {
  const { a, b, outputs } = pairs(
    replay(name, '--rate', 'max'),
    baseline('duckdbReplay', at(name), at('duck.csv'), at('duck.late.csv')),
    short ? 1 : times,
  );
  print(
    '… against DuckDB doing the same job, but for the index and the sync',
    `${figure(median(a))} s`,
    `DuckDB: ${figure(median(b))} s`,
    ratio(median(a), median(b)),
  );
  const [own, duck] = [stats().cpu_seconds, median(outputs.map(Number))];
  print('… processor time', `${figure(own)} s`, `DuckDB: ${figure(duck)} s`, ratio(own, duck));
}

/** Full speed against a loop over the rows of a pandas DataFrame, which is what lastfix came to replace. */
function rowByRow(name: string): void {
  const loop = pandasLoop(at(name), at('pandas.csv'), at('pandas.late.csv'));
  if (!loop) {
    print('… against a plain loop of pandas', '', 'python3 with pandas is not here', '');
    return;
  }
  const { a, b } = pairs(replay(name, '--rate', 'max'), loop, short ? 1 : 3);
  print('… against a plain loop of pandas', `${figure(median(a))} s`, `pandas: ${figure(median(b))} s`, ratio(median(a), median(b)));
}

/** Far more than is sorted in memory. */
function tenMillion(): void {
  fullSpeed('ten-million.csv', 4000, '83m', 1);
  for (const name of ['ten-million.csv', 'duck.csv', 'duck.late.csv']) rmSync(at(name));
}

/** Lateness and latency in time, against a bare timer over as many ms. */
function inTime(name: string, millis: number, what: string, ...args: string[]): void {
  const bare = JSON.parse(run(baseline('bareTimer', String(Math.min(millis, 30_000)))).stdout) as Figures;
  run(replay(name, ...args));
  const { lateness_ms, latency_ms } = stats();
  print(
    `${what}: lateness p50, p99, max`,
    `${millisOf(lateness_ms!)} ms`,
    `a bare timer: ${millisOf(bare)} ms`,
    ratio(lateness_ms!.p99, bare.p99),
  );
  const { p50, p99, max } = latency_ms!;
  print(
    `… end to end p50, p99, max`,
    `${[p50, p99, max].map(figure).join(', ')} ms`,
    'flushing every 1,000 ms: 500, 990, 1,000 ms',
    ratio(max, 1000),
  );
}

/** A replay that is served to a thousand clients and asked badly, against one that is not served. */
function crowd(name: string, clients: number, what: string): void {
  run(replay(name));
  const alone = stats();
  const { report, events, answered } = JSON.parse(
    run(baseline('crowd', at(name), at('log.csv'), at('stats.json'), String(clients))).stdout,
  ) as { readonly report: Report; readonly events: number; readonly answered: number };
  print(
    `${what}, served to ${figure(clients)} clients and asked badly: lateness p50, p99, max`,
    `${millisOf(report.lateness_ms!)} ms`,
    `not served: ${millisOf(alone.lateness_ms!)} ms`,
    ratio(report.lateness_ms!.p99, alone.lateness_ms!.p99),
  );
  print(
    '… end to end p50, p99, max',
    `${millisOf(report.latency_ms!)} ms`,
    `not served: ${millisOf(alone.latency_ms!)} ms`,
    ratio(report.latency_ms!.max, alone.latency_ms!.max),
  );
  print(
    '… peak memory',
    `${figure(report.peak_memory_mib)} MiB`,
    `not served: ${figure(alone.peak_memory_mib)} MiB`,
    ratio(report.peak_memory_mib, alone.peak_memory_mib),
  );
  print('… events that clients got, requests that were answered', `${figure(events)}, ${figure(answered)}`, '', '');
}

/** The page in Chromium: of a finished log, and beside a replay of 24,000 fixes a second. Times are those of the page's own thread. */
function page(devices: number, duration: number): void {
  const fixes = generate('page.csv', devices, `${duration}s`);
  run(lastfix('replay', at('page.csv'), '--output', at('page-log.csv'), '--rate', 'max', '--quiet'));
  const rate = String(Math.round((24_000 * duration * 10) / fixes) / 10);
  const told = run(baseline('page', at('page.csv'), at('page-log.csv'), rate, short ? '2' : '6', short ? '1' : '5')).stdout;
  const { missing, ...figures } = JSON.parse(told) as { readonly missing?: string } & Readonly<Record<'opening' | 'playing' | 'live', PagePair>>;
  const what = `the page of ${figure(devices)} devices in Chromium`;
  if (missing !== undefined) {
    print(what, '', `there is no browser at ${missing}`, '');
    return;
  }
  const { opening, playing, live } = figures;
  const tasks = ({ longest, long }: Traced) => `${figure(longest)} ms, ${long}`;
  print(
    `${what}: until the fleet is seen, cold`,
    `${figure(opening.page.first!)} ms`,
    `a page that only parses the fleet: ${figure(opening.bare.first!)} ms`,
    ratio(opening.page.first!, opening.bare.first!),
  );
  print('… longest task of its thread meanwhile, tasks over 50 ms', tasks(opening.page), `that page: ${tasks(opening.bare)}`, ratio(opening.page.longest, opening.bare.longest));
  print(
    '… playing at 5x: frames a second',
    figure(playing.page.frames),
    `a page that only has frames: ${figure(playing.bare.frames)}`,
    ratio(playing.page.frames, playing.bare.frames),
  );
  print('… time of its thread for each frame', `${figure(playing.page.perFrame)} ms`, 'a frame at 60 a second: 16.7 ms', ratio(playing.page.perFrame, 1000 / 60));
  print('… longest task, tasks over 50 ms', tasks(playing.page), `that page: ${tasks(playing.bare)}`, ratio(playing.page.longest, playing.bare.longest));
  print(
    '… beside a replay of 24,000 fixes a second: longest task, tasks over 50 ms',
    tasks(live.page),
    `a page that only parses the events: ${tasks(live.bare)}`,
    ratio(live.page.longest, live.bare.longest),
  );
  print('… share of its thread', `${figure(100 * live.page.busy)} %`, `that page: ${figure(100 * live.bare.busy)} %`, ratio(live.page.busy, live.bare.busy));
}

/** The page, and what it is compared with. */
interface PagePair {
  readonly page: Traced & { readonly first?: number };
  readonly bare: Traced & { readonly first?: number };
}

/** A sink that is slower than the source, against one that is not: memory stays what it is. */
function slowSink(fixes: number): void {
  const measured = (millis: number) =>
    JSON.parse(run({ ...baseline('slowSink', String(millis), String(fixes)), heap: 32 }).stdout) as {
      readonly most: number;
      readonly mib: number;
    };
  const [slow, fast] = [measured(200), measured(0)];
  const what = `${fixes.toLocaleString('en-US')} fixes at \`--rate max\` into a sink that takes 200 ms a write, heap of 32 MiB`;
  print(`${what}: fixes under way at most`, figure(slow.most), `a sink that takes none: ${figure(fast.most)}`, ratio(slow.most, fast.most));
  print('… peak memory', `${figure(slow.mib)} MiB`, `a sink that takes none: ${figure(fast.mib)} MiB`, ratio(slow.mib, fast.mib));
}

/** What keeping the index takes of a replay at full speed. */
function keepingTheIndex(name: string): void {
  const { a, b } = pairs(replay(name, '--rate', 'max'), replay(name, '--rate', 'max', '--no-index'), short ? 1 : 7);
  print('… keeping the index', `${figure(median(a))} s`, `with --no-index: ${figure(median(b))} s`, ratio(median(a), median(b)));
}

/** Recordings of the same fixes in other spellings, against the default one. */
function spellings(name: string): void {
  const others: readonly (readonly [what: string, kind: string, args: readonly string[]])[] = [
    ['tabs between the fields', 'tab', []],
    ['semicolons between the fields', 'semicolon', []],
    ['seconds since 1970', 'epoch', []],
    ['`--times "dd/MM/yyyy HH:mm:ss.SSSSSS"`', 'pattern', ['--times', 'dd/MM/yyyy HH:mm:ss.SSSSSS']],
    ['the same in a zone', 'pattern', ['--times', 'dd/MM/yyyy HH:mm:ss.SSSSSS', '--zone', 'Europe/Berlin']],
  ];
  for (const [what, kind, args] of others) {
    run(baseline('respelled', at(name), at('respelled.csv'), kind));
    const { a, b } = pairs(replay('respelled.csv', '--rate', 'max', ...args), replay(name, '--rate', 'max'), short ? 3 : 5);
    print(`… with ${what}`, `${figure(median(a))} s`, `as generated: ${figure(median(b))} s`, ratio(median(a), median(b)));
  }
  rmSync(at('respelled.csv'));
}

/** Questions as whole processes, and within one: against DuckDB over the same CSV files, and a small log. */
function questions(): void {
  const times = short ? 1 : 9;
  run(replay('two-hours.csv', '--rate', 'max'));
  for (const file of ['log.csv', 'log.late.csv']) renameSync(at(file), at(file.replace('log', 'small')));
  writeFileSync(at('nothing.mjs'), '');
  const small = lastfix('query', deviceIn('small.csv'), '--output', at('small.csv'));
  const start = pairs(small, { script: at('nothing.mjs'), args: [] }, times);
  print(
    '`lastfix query DEVICE` of a log of two hours, whole process',
    `${figure(median(start.a))} s`,
    `node with nothing to do: ${figure(median(start.b))} s`,
    ratio(median(start.a), median(start.b)),
  );

  const fixes = short ? 100_000 : 10_000_000;
  run(baseline('longLog', at('long.csv'), String(fixes), '400'));
  const what = `… of a log of ${figure(fixes)} fixes (${figure(statSync(at('long.csv')).size / 1e6)} MB, and ${figure(statSync(at('long.late.csv')).size / 1e6)} MB of late ones)`;
  const long = (...args: string[]) => lastfix('query', '10007', '2021-10-23T12:01:40Z', '--output', at('long.csv'), ...args);
  const grown = pairs(long(), small, times);
  print(what, `${figure(median(grown.a))} s`, `of the small log: ${figure(median(grown.b))} s`, ratio(median(grown.a), median(grown.b)));
  againstDuckDb(
    '… the same',
    long(),
    `SELECT * FROM read_csv('${at('long.csv')}', all_varchar = true) WHERE device_id = '10007' AND time <= '2021-10-23T12:01:40.000000Z' ORDER BY event_time DESC LIMIT 1`,
  );
  const both = `(SELECT time, device_id, lat, lon, speed, event_time FROM read_csv('${at('long.csv')}', all_varchar = true) UNION ALL SELECT time, device_id, lat, lon, speed, event_time FROM read_csv('${at('long.late.csv')}', all_varchar = true))`;
  againstDuckDb(
    '… `--by event`',
    long('--by', 'event'),
    `SELECT * FROM ${both} WHERE device_id = '10007' AND event_time <= '2021-10-23T12:01:40.000000Z' ORDER BY event_time DESC, time LIMIT 1`,
  );
  for (const by of ['arrival', 'event']) {
    const { p50, p99, max } = JSON.parse(run(baseline('lookups', at('long.csv'), by)).stdout) as Figures;
    const little = JSON.parse(run(baseline('lookups', at('small.csv'), by)).stdout) as Figures;
    print(
      `… within a process, by ${by}: p50, p99, max`,
      `${[p50, p99, max].map(figure).join(', ')} µs`,
      `of the small log: ${[little.p50, little.p99, little.max].map(figure).join(', ')} µs`,
      ratio(p50, little.p50),
    );
  }

  const devices = short ? 400 : 4000;
  run(baseline('longLog', at('fleet-log.csv'), String(fixes / 10), String(devices)));
  const all = lastfix('query', '--all', '2021-10-23T12:01:40Z', '--format', 'csv', '--output', at('fleet-log.csv'));
  againstDuckDb(
    `\`lastfix query --all TIME\` of ${figure(devices)} devices`,
    all,
    `SELECT * FROM read_csv('${at('fleet-log.csv')}', all_varchar = true) WHERE time <= '2021-10-23T12:01:40.000000Z' QUALIFY row_number() OVER (PARTITION BY device_id ORDER BY event_time DESC) = 1`,
  );
  firstQuestion(short ? 20_000 : 1_000_000);
}

/** The first question of a log that has no index, against csv-parse reading that log. */
function firstQuestion(rows: number): void {
  run(baseline('longLog', at('unindexed.csv'), String(rows * 4), '400'));
  const question = lastfix('query', '10007', '--output', at('unindexed.csv'));
  const taken = Array.from({ length: short ? 1 : 5 }, () => {
    rmSync(at('unindexed.csv.index'));
    return { first: run(question).seconds, csvParse: run(baseline('csvParseAlone', at('unindexed.csv'))).seconds };
  });
  const [first, csvParse] = [median(taken.map(({ first }) => first)), median(taken.map(({ csvParse }) => csvParse))];
  print(
    `the first question of a log of ${figure(rows)} rows without an index`,
    `${figure(first)} s`,
    `csv-parse alone: ${figure(csvParse)} s`,
    ratio(first, csvParse),
  );
}

function againstDuckDb(what: string, question: Command, sql: string): void {
  const { a, b } = pairs(question, baseline('duckdb', sql), short ? 1 : 5);
  print(what, `${figure(median(a))} s`, `DuckDB over the CSV files: ${figure(median(b))} s`, ratio(median(a), median(b)));
}

/** Everything about logs. */
function logs(): void {
  fullSpeed('two-hours.csv', 4, short ? '5m' : '83m');
  if (!short) fullSpeed('hundred-thousand.csv', 40, '83m');
  if (!short) fullSpeed('fleet.csv', 400, '83m');
  rowByRow(short ? 'two-hours.csv' : 'fleet.csv');
  if (short) generate('fleet.csv', 400, '5m');
  spellings('fleet.csv');
  keepingTheIndex(short ? 'two-hours.csv' : 'fleet.csv');
  if (!short) fullSpeed('devices.csv', 40_000, '50s');
  if (long) tenMillion();
  slowSink(short ? 20_000 : 200_000);
  questions();
  page(short ? 400 : 4000, short ? 20 : 180);
  if (!short) page(20_000, 60);
  const seconds = short ? 10 : 30;
  generate('live.csv', 40, `${seconds}s`);
  inTime('live.csv', seconds * 1000, `1x over ${seconds} s, 40 devices`);
  if (!short) {
    generate('thousandfold.csv', 4000, '60s');
    inTime('thousandfold.csv', 60_000, '1x over 60 s, 4,000 devices');
    const { wall_seconds, cpu_seconds } = stats();
    print('… processor time', `${figure((100 * cpu_seconds) / wall_seconds)} % of one core`, '', '');
    generate('crowd.csv', 4000, '30s');
    crowd('crowd.csv', 1000, '1x over 30 s, 4,000 devices');
    generate('hours.csv', 4, '2h');
    inTime('hours.csv', 120_000, '`--rate 60` over two hours of stream time, 4 devices', '--rate', '60');
  }
}

const deviceIn = (log: string) => readFileSync(at(log), 'utf8').split('\n')[1]!.split(',')[1]!;
const ratio = (a: number, b: number) => figure(a / b);
const micros = ({ mean, p50, p99, max }: Figures) => [mean, p50, p99, max].map(figure).join(', ');
const millisOf = ({ p50, p99, max }: Figures) => [p50, p99, max].map(figure).join(', ');

try {
  process.stdout.write(
    `Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, ${new Date().toISOString().slice(0, 10)}\n\n`,
  );
  print('measure', 'lastfix', 'baseline', 'ratio');
  print('---', '---', '---', '---');
  if (!store && !stream) logs();
  if (store || long) await storeMeasures({ print, figure, short, rows: Number(rows), folder });
  if (stream || long) await streamMeasures({ print, figure, short, folder });
  if (json !== undefined)
    writeFileSync(
      json,
      `${JSON.stringify({ node: process.version, processor: cpus()[0]?.model, cores: cpus().length, measures: printed.slice(2).map(([measure, lastfix, baseline, ratio]) => ({ measure, lastfix, baseline, ratio })) }, null, 2)}\n`,
    );
} finally {
  rmSync(folder, { recursive: true });
}
