import { access, constants, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BehaviorSubject, defer, firstValueFrom, map, merge } from 'rxjs';
import {
  clearDrafts,
  FileError,
  formatInstant,
  logPaths,
  Meter,
  monotonic,
  openLog,
  placeOf,
  type Origin,
  type Pace,
  type Recording,
  RECORDING_COLUMNS,
  type Report,
  replaceFile,
} from '../../index.js';
import { announce, say, sayIfAllIsBefore } from './announce.js';
import { checkAnyFix } from './checkAnyFix.js';
import { checkPort } from '../serve/checkPort.js';
import { checkStatsFile } from './checkStatsFile.js';
import { aborted, endAtOnce, interruption } from '../interruption.js';
import { inputsOf, STDIN } from '../recording/inputsOf.js';
import { playInto } from './playInto.js';
import { printHelp } from '../printHelp.js';
import { readingStatus, type Read } from '../recording/readingStatus.js';
import { readRecording } from '../recording/readRecording.js';
import { rebaseOf } from './rebaseOf.js';
import { HELP, replaySettings, type ReplaySettings } from './replaySettings.js';
import { reportTable } from './reportTable.js';
import { servingReplay, type ServingReplay } from '../serve/servingReplay.js';
import { showStatus } from '../status.js';

const INTERRUPTED = 130;

/** `lastfix replay`. */
export async function replayCommand(args: string[]): Promise<number> {
  const settings = replaySettings(args);
  if (settings.help) {
    printHelp(HELP);
    return 0;
  }
  const { inputShown, output, stats, quiet } = settings;

  let status: (width: number) => string = () => '';
  const shown = quiet ? undefined : showStatus((width) => status(width));
  try {
    const signal = interruption();
    const started = monotonic.now();
    const inputs = await inputsOf(settings.inputs, signal);
    const sources = inputs.map(({ name, chunks }) => (chunks ? process.stdin.fd : name));
    if (settings.serve) await checkPort(settings.serve);
    const outputs = Object.values(logPaths(await placeOf(output, { trusting: false })));
    const statsPlace = stats === undefined ? undefined : await checkStatsFile(stats, { inputs: sources, outputs });
    let read: Read = { rows: 0, share: undefined };
    const renamed = new Map<string, string>();
    status = () => readingStatus(inputShown, read);
    const recording = await readRecording(inputs, signal, {
      ...settings.reading,
      toFirst: settings.rebase !== undefined,
      read: (rows, share) => {
        read = { rows, share };
      },
      renamed: ({ name, was }) => {
        renamed.set(name, was);
      },
    });
    if (!recording || recording === 'stuck') {
      say(settings, 'interrupted while reading: nothing was written');
      if (recording === 'stuck') endAtOnce();
      return INTERRUPTED;
    }
    status = () => `opening ${output}`;
    const rebasedBy = await rebaseOf(recording, settings);
    if (statsPlace !== undefined) await makeFolder(statsPlace);
    const log = await openLog(output, {
      input: sources,
      extra: recording.extra,
      coalesce: settings.coalesce,
      origin: originOf(recording, settings, rebasedBy),
      resume: settings.resume,
      index: settings.index,
      durable: settings.playing.syncEvery < Infinity,
    });
    announce(settings, recording, log, { rebasedBy, renamed });
    const meter = new Meter(() => monotonic.now());
    const pace$ = new BehaviorSubject<Pace>({ paused: false, rate: settings.playing.rate });
    const server = await servingReplay(settings, { log, recording, rebasedBy, meter, pace$ });
    try {
      const made = await playInto(log, recording, {
        settings,
        signal,
        meter,
        commands$: server?.commands$,
        pace$,
        started,
        readShare: () => read.share,
        rebasedBy,
        told: (line) => (status = line),
      }).finally(() => recording.close());
      server?.ended();
      shown?.unsubscribe();

      if (!recording.span && meter.last !== undefined && made.not_played === 0)
        sayIfAllIsBefore(settings, meter.last - (rebasedBy ?? 0) * 1e6);
      if (log.unindexed !== undefined) say(settings, `no index was kept beside ${output}: ${log.unindexed}; the first question makes one`);
      if (log.resumed?.finished && log.written === 0 && !signal.aborted) say(settings, 'nothing was missing, and nothing was written');
      else if (!quiet) process.stderr.write(reportTable(made));
      if (statsPlace !== undefined) await writeReport(statsPlace, made);
      if (!signal.aborted) checkAnyFix(settings, recording);
      if (server && settings.stays && !signal.aborted) {
        await stayServed(settings, server, signal);
        return 0;
      }
      if (!signal.aborted) return 0;
      say(
        settings,
        `interrupted: the same command with --resume goes on from here${settings.inputs.includes(STDIN) ? ', if standard input begins anew' : ''}`,
      );
      return INTERRUPTED;
    } finally {
      await server?.close();
    }
  } finally {
    shown?.unsubscribe();
  }
}

/** Resolves on Ctrl-C. @throws FileError when the log is served no longer, or not even now */
async function stayServed(settings: ReplaySettings, { url, lost$ }: ServingReplay, signal: AbortSignal): Promise<void> {
  const lost = lost$.pipe(map((why) => { throw new FileError(`the log is finished, but no longer served: ${why}`); }));
  const served = defer(() => {
    say(settings, `the log stays served at ${url} until Ctrl-C`);
    return aborted(signal);
  });
  await firstValueFrom(merge(lost, served));
}

/** What the rows of the log are made from, by the names in its run file. */
function originOf({ content }: Recording, { reading, playing, coalesce }: ReplaySettings, rebasedBy: number | undefined): Origin {
  return {
    input_bytes: content?.bytes ?? null,
    input_sha256: content?.sha256 ?? null,
    ...Object.fromEntries(Object.entries(reading.columns ?? RECORDING_COLUMNS).map(([part, name]) => [`${part}_column`, name])),
    max_clock_ahead_ms: reading.maxClockAhead,
    until: playing.until === undefined ? null : formatInstant(playing.until),
    coalesce,
    ...(rebasedBy === undefined ? {} : { rebased_by_seconds: rebasedBy }),
  };
}

/** Writes the report as JSON, and clears what runs that were killed while they did have left behind. */
async function writeReport(path: string, made: Report): Promise<void> {
  await clearDrafts([path]);
  await replaceFile(path, `${JSON.stringify(made, sixDigits, 2)}\n`, false);
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
