import { access, constants, mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { firstValueFrom, from, lastValueFrom, map, race, switchMap, timer } from 'rxjs';
import {
  escaped,
  FileError,
  formatInstant,
  type Instant,
  type Log,
  logPaths,
  Meter,
  monotonic,
  openLog,
  openRecording,
  type Origin,
  play,
  type Recording,
  RECORDING_COLUMNS,
  report,
} from '../index.js';
import { checkStatsFile } from './checkStatsFile.js';
import { aborted, endAtOnce, interruption } from './interruption.js';
import { memoryWarning } from './memoryWarning.js';
import { HELP, replaySettings, type ReplaySettings } from './replaySettings.js';
import { reportTable } from './reportTable.js';
import { eraseLine, playingStatus, showStatus, slept } from './status.js';
import { version } from './version.js';
import { count, duration } from './words.js';

const INTERRUPTED = 130;
/** How many ms an interrupted reading may take to end. */
const PATIENCE = 500;

/** `lastfix replay`. */
export async function replayCommand(args: string[]): Promise<number> {
  const settings = replaySettings(args);
  if (settings.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const { input, output, stats, quiet, playing } = settings;
  if (stats !== undefined) await checkStatsFile(stats, [input, ...Object.values(logPaths(output))]);

  let status = () => '';
  const shown = quiet ? undefined : showStatus(() => status());
  try {
    const warning = await memoryWarning(input);
    if (warning !== undefined) say(settings, warning);
    const signal = interruption();
    const started = monotonic.now();
    const recording = await read(settings, signal, (rows) => (status = () => `reading ${input}: ${count(rows)} rows`));
    if (!recording || recording === 'stuck') {
      say(settings, 'interrupted while reading: nothing was written');
      if (recording === 'stuck') endAtOnce();
      return INTERRUPTED;
    }
    if (stats !== undefined) await makeFolder(stats);
    const log = await openLog(output, {
      input,
      further: recording.further,
      coalesce: settings.coalesce,
      origin: originOf(recording, settings),
      resume: settings.resume,
      durable: playing.syncEvery < Infinity,
    });
    announce(settings, recording, log);

    const meter = new Meter(() => monotonic.now());
    const last = Math.min(playing.until ?? Infinity, recording.span?.last ?? 0);
    status = () => playingStatus({ meter, rate: playing.rate, last });
    const from = latestOf(playing.from, log.resumed?.at);
    const sleeping = slept().subscribe((millis) => { say(settings, `the machine slept for ${duration(millis)}: the stream is behind, and catches up`); });
    const begun = monotonic.now();
    try {
      if (log.resumed?.finished) return 0;
      await log.reject(recording.rejected);
      await lastValueFrom(play(recording.batches, log, { ...playing, from, stop$: aborted(signal), meter }), { defaultValue: undefined });
    } finally {
      sleeping.unsubscribe();
      await log.close();
    }
    const ended = monotonic.now();
    shown?.unsubscribe();

    const made = report(meter, {
      version: version(),
      input,
      output,
      interrupted: signal.aborted,
      rows: recording.rows,
      rejected: recording.rejected.length,
      resumedAt: log.resumed?.at,
      from,
      reading: begun - started,
      playing: ended - begun,
      bytes: log.bytes,
      peakMemory: process.resourceUsage().maxRSS * 1024,
    });
    if (!quiet) process.stderr.write(reportTable(made));
    if (stats !== undefined) {
      await FileError.attempt('write', stats, writeFile(stats, `${JSON.stringify(made, sixDigits, 2)}\n`));
    }
    if (!signal.aborted) return 0;
    say(settings, 'interrupted: the same command with --resume goes on from here');
    return INTERRUPTED;
  } finally {
    shown?.unsubscribe();
  }
}

/** The recording, or `undefined` if it was interrupted; `stuck` if it is even then waiting for a pipe. */
async function read({ input, reading }: ReplaySettings, signal: AbortSignal, told: (rows: number) => void): Promise<Recording | undefined | 'stuck'> {
  const stuck$ = aborted(signal).pipe(switchMap(() => timer(PATIENCE)), map(() => 'stuck' as const));
  try {
    const recording = await firstValueFrom(race(from(openRecording(input, { ...reading, signal, read: told })), stuck$));
    return signal.aborted && recording !== 'stuck' ? undefined : recording;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

/** Says what is about to happen, and what is wrong with the recording. */
function announce(settings: ReplaySettings, { rows, rejected, span }: Recording, { replaced, resumed, locked }: Log): void {
  const { input, output } = settings;
  if (!locked) say(settings, `the package fs-native-extensions does not run on this machine, so that ${output} cannot be locked: let one run at a time write it`);
  if (resumed?.finished) {
    say(settings, `nothing to resume: the run of ${input} into ${output} is finished`);
    return;
  }
  if (resumed) say(settings, `resuming the run in ${output}, ${resumed.at === undefined ? 'which holds no fix yet' : `which holds what arrived until ${formatInstant(resumed.at)}`}`);
  else if (settings.resume) say(settings, `no run to resume in ${output}: starting one`);
  if (replaced.length > 0) say(settings, `replacing the run before in ${replaced.join(', ')}`);
  const long = span ? `, ${duration((span.last - span.first) / 1000)} of stream time` : '';
  say(settings, `playing ${input} (${count(rows)} rows${long}) into ${output}`);
  const [first] = rejected;
  if (first) say(settings, `rejecting ${count(rejected.length)} of them into ${logPaths(output).rejected}; the first: ${input}:${first.line}: ${first.reason}`);
}

/** What the rows of the log are made from, by the names in its run file. */
function originOf({ content }: Recording, { reading, playing, coalesce }: ReplaySettings): Origin {
  return {
    input_bytes: content.bytes,
    input_sha256: content.sha256,
    columns: reading.columns ?? RECORDING_COLUMNS,
    max_clock_ahead_ms: reading.maxClockAhead,
    until: playing.until === undefined ? null : formatInstant(playing.until),
    coalesce,
  };
}

/** The later of two moments, if there is one. */
function latestOf(a: Instant | undefined, b: Instant | undefined): Instant | undefined {
  return a !== undefined && b !== undefined ? Math.max(a, b) : (a ?? b);
}

/** Six significant digits are more than a measurement has. */
function sixDigits(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
}

/** Makes sure, before a run that may last, that its report can be written. */
async function makeFolder(stats: string): Promise<void> {
  const folder = dirname(stats);
  await FileError.attempt('make the folder', folder, mkdir(folder, { recursive: true }));
  await FileError.attempt('write', stats, access(folder, constants.W_OK));
}

function say({ quiet }: ReplaySettings, line: string): void {
  if (!quiet) process.stderr.write(`${eraseLine()}lastfix: ${escaped(line)}\n`);
}
