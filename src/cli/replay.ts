import { writeFile } from 'node:fs/promises';
import { fromEvent, lastValueFrom } from 'rxjs';
import { FileError, type Log, logPaths, Meter, monotonic, openLog, openRecording, play, type Recording, report } from '../index.js';
import { checkStatsFile } from './checkStatsFile.js';
import { interruption } from './interruption.js';
import { HELP, replaySettings, type ReplaySettings } from './replaySettings.js';
import { reportTable } from './reportTable.js';
import { playingStatus, showStatus } from './status.js';
import { version } from './version.js';
import { count, duration } from './words.js';

const INTERRUPTED = 130;

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
    const signal = interruption();
    const started = monotonic.now();
    const recording = await read(settings, signal, (rows) => (status = () => `reading ${input}: ${count(rows)} rows`));
    if (!recording) {
      say(settings, 'interrupted while reading: nothing was written');
      return INTERRUPTED;
    }
    const log = await openLog(output, { input, further: recording.further, coalesce: settings.coalesce });
    announce(settings, recording, log);

    const meter = new Meter(() => monotonic.now());
    const last = Math.min(playing.until ?? Infinity, recording.span?.last ?? 0);
    status = () => playingStatus({ meter, rate: playing.rate, last });
    const begun = monotonic.now();
    try {
      await log.reject(recording.rejected);
      await lastValueFrom(play(recording.batches, log, { ...playing, stop$: fromEvent(signal, 'abort'), meter }));
    } finally {
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
      from: playing.from,
      reading: begun - started,
      playing: ended - begun,
      bytes: log.bytes,
      peakMemory: process.resourceUsage().maxRSS * 1024,
    });
    if (!quiet) process.stderr.write(reportTable(made));
    if (stats !== undefined) {
      await FileError.attempt('write', stats, writeFile(stats, `${JSON.stringify(made, sixDigits, 2)}\n`));
    }
    return signal.aborted ? INTERRUPTED : 0;
  } finally {
    shown?.unsubscribe();
  }
}

/** The recording, or `undefined` if it was interrupted. */
async function read({ input, reading }: ReplaySettings, signal: AbortSignal, told: (rows: number) => void): Promise<Recording | undefined> {
  try {
    const recording = await openRecording(input, { ...reading, signal, read: told });
    return signal.aborted ? undefined : recording;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

/** Says what is about to happen, and what is wrong with the recording. */
function announce(settings: ReplaySettings, { rows, rejected, span }: Recording, { replaced }: Log): void {
  const { input, output } = settings;
  if (replaced.length > 0) say(settings, `replacing the run before in ${replaced.join(', ')}`);
  const long = span ? `, ${duration((span.last - span.first) / 1000)} of stream time` : '';
  say(settings, `playing ${input} (${count(rows)} rows${long}) into ${output}`);
  const [first] = rejected;
  if (first) say(settings, `rejecting ${count(rejected.length)} of them into ${logPaths(output).rejected}; the first: ${input}:${first.line}: ${first.reason}`);
}

/** Six significant digits are more than a measurement has. */
function sixDigits(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
}

function say({ quiet }: ReplaySettings, line: string): void {
  if (!quiet) process.stderr.write(`lastfix: ${line}\n`);
}
