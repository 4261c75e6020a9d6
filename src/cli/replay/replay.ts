import { BehaviorSubject, defer, firstValueFrom, map, merge } from 'rxjs';
import { FileError, type Instant, logPaths, Meter, monotonic, type Pace, shifted } from '../../index.js';
import { secondsLater } from '../../domain/secondsLater.js';
import { placeOf } from '../../log/placeOf.js';
import { aborted, endAtOnce, interruption } from '../interruption.js';
import { printHelp } from '../printHelp.js';
import { inputsOf, STDIN } from '../recording/inputsOf.js';
import { readingStatus, type Read } from '../recording/readingStatus.js';
import { readRecording } from '../recording/readRecording.js';
import { counted } from '../text/words.js';
import { checkPort } from '../serve/checkPort.js';
import { servingReplay, type ServingReplay } from '../serve/servingReplay.js';
import { showStatus } from '../status.js';
import { unlessInterrupted } from '../unlessInterrupted.js';
import { workSettings } from '../work/workSettings.js';
import { announce, say, sayIfAllIsBefore } from './announce.js';
import { checkAnyFix } from './checkAnyFix.js';
import { checkAnyTaken } from './checkAnyTaken.js';
import { checkStatsFile } from './checkStatsFile.js';
import type { Opened } from './Opened.js';
import { openOutput } from './openOutput.js';
import { playInto } from './playInto.js';
import { rebaseOf } from './rebaseOf.js';
import { HELP } from './replayHelp.js';
import { replaySettings, type ReplaySettings } from './replaySettings.js';
import { reportOf } from './reportOf.js';
import { reportTable } from './reportTable.js';
import { makeFolderOf, writeReport } from './writeReport.js';

const INTERRUPTED = 130;

/** `lastfix replay`. */
export async function replayCommand(args: string[]): Promise<number> {
  const work = workSettings(args);
  if (work) return (await import('../work/workCommand.js')).workCommand(work);
  const settings = replaySettings(args);
  if (settings.help) {
    printHelp(HELP);
    return 0;
  }
  const { to, output, stats, quiet } = settings;
  const signal = interruption();
  const started = monotonic.now();
  let status: (width: number) => string = () => '';
  const isMixed = to.kind === 'stdout' && process.stdout.isTTY; // a status line would be amid the data
  const shown = quiet || isMixed ? undefined : showStatus((width) => status(width));
  const serving: { server?: ServingReplay | undefined } = {}; // longer than what it serves is open
  try {
    const inputs = await inputsOf(settings.inputs, signal);
    const sources = inputs.map(({ name, chunks }) => (chunks ? process.stdin.fd : name));
    if (settings.serve) await checkPort(settings.serve);
    const outputs = to.kind === 'log' ? Object.values(logPaths(await placeOf(to.path, { trusting: false }))) : [];
    const statsPlace = stats === undefined ? undefined : await checkStatsFile(stats, { inputs: sources, outputs });
    let read: Read = { rows: 0, share: undefined };
    const told = new Set<string>();
    status = () => readingStatus(settings.inputShown, read);
    const recorded = await readRecording(inputs, signal, {
      ...settings.reading,
      toFirst: settings.rebase !== undefined,
      read: (rows, share) => {
        read = { rows, share };
      },
      said: (sentence) => {
        if (!told.has(sentence)) say(settings, sentence); // once, though it may be read twice
        told.add(sentence);
      },
    });
    if (!recorded || recorded === 'stuck') {
      say(settings, 'interrupted while reading: nothing was written');
      if (recorded === 'stuck') endAtOnce();
      return INTERRUPTED;
    }

    status = () => `opening ${output}`;
    const meter = new Meter(() => monotonic.now());
    const pace$ = new BehaviorSubject<Pace>({ paused: false, rate: settings.playing.rate });
    const playing = closing(recorded, async () => {
      const rebasedBy = await rebaseOf(recorded, settings, signal);
      const recording = rebasedBy === undefined ? recorded : shifted(recorded, rebasedBy);
      if (statsPlace !== undefined) await makeFolderOf(statsPlace);
      const opened = await openOutput(settings, { recording, files: sources, rebasedBy, signal });
      return closing(opened, async () => {
        announce(settings, recorded, opened, { rebasedBy });
        serving.server = await servingReplay(settings, { recording, meter, pace$ });
        const begun = monotonic.now();
        const from = latestOf(moved(settings.playing.from, rebasedBy), opened.log?.resumed?.at);
        let resumedAt = opened.log?.resumed?.at;
        await playInto(opened, recording, {
          settings,
          from,
          until: moved(settings.playing.until, rebasedBy),
          signal,
          meter,
          commands$: serving.server?.commands$,
          pace$,
          readShare: () => read.share,
          told: (line) => (status = line),
          resumedAt: (arrival) => (resumedAt = arrival),
        });
        return { opened, rebasedBy, times: { started, begun, resumedAt, from } };
      });
    });
    const played = await unlessInterrupted(playing, signal);
    if (!played) {
      say(settings, `interrupted while opening ${output}: nothing was written`);
      return INTERRUPTED;
    }
    const { opened, rebasedBy, times } = played;
    serving.server?.ended();
    shown?.unsubscribe();

    const report = reportOf(settings, { recording: recorded, opened, meter, rebasedBy, ...times, interrupted: signal.aborted });
    if (!recorded.span && meter.last !== undefined && report.not_played === 0)
      sayIfAllIsBefore(settings, secondsLater(meter.last, -(rebasedBy ?? 0)));
    const { log } = opened;
    if (log?.unindexed !== undefined) say(settings, `no index was kept beside ${output}: ${log.unindexed}; the first question makes one`);
    const isWhole = log ? log.resumed?.finished === true && log.written === 0 : settings.resume && meter.judged === 0;
    if (isWhole && report.not_played === 0 && !signal.aborted) say(settings, 'nothing was missing, and nothing was written');
    else if (!quiet) process.stderr.write(reportTable(report));
    if (statsPlace !== undefined) await writeReport(statsPlace, report);
    if (signal.aborted) {
      sayHowToGoOn(settings, opened);
      if (opened.sent && opened.sent.unacknowledged > 0) process.exit(INTERRUPTED); // what is under way would keep it
      return INTERRUPTED;
    }
    checkAnyFix(settings, recorded);
    checkAnyTaken(settings, opened);
    if (serving.server && settings.stays) await stayServed(settings, serving.server, signal);
    return 0;
  } finally {
    shown?.unsubscribe();
    await serving.server?.close();
  }
}

/** Uses what was opened, and closes it, however that ends. */
async function closing<T>(opened: { close(): Promise<void> }, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } finally {
    await opened.close();
  }
}

/** A time of the recording as it is in the stream. */
function moved(recorded: Instant | undefined, rebasedBy = 0): Instant | undefined {
  return recorded === undefined ? undefined : secondsLater(recorded, rebasedBy);
}

/** The later of two moments, if there is one. */
function latestOf(a: Instant | undefined, b: Instant | undefined): Instant | undefined {
  return a !== undefined && b !== undefined ? Math.max(a, b) : (a ?? b);
}

/** Says what an interrupted run has left, and how to go on. */
function sayHowToGoOn(settings: ReplaySettings, { sent }: Opened): void {
  const begins = settings.inputs.includes(STDIN) ? ', if standard input begins anew' : '';
  const { to, output, reading } = settings;
  if (to.kind === 'store' && reading.inOrder) say(settings, `interrupted: what has come is in ${output}`);
  else if (!sent || to.kind === 'stream') say(settings, `interrupted: the same command with --resume goes on from here${begins}`);
  else if (sent.unacknowledged === 0) say(settings, 'interrupted: all that was sent is acknowledged');
  else say(settings, `interrupted: ${counted(sent.unacknowledged, 'fix that was due is', 'fixes that were due are')} not acknowledged`);
}

/** Resolves on Ctrl-C. @throws FileError when the log is served no longer, or not even now */
async function stayServed(settings: ReplaySettings, { url, lost$ }: ServingReplay, signal: AbortSignal): Promise<void> {
  const lost = lost$.pipe(
    map((why) => {
      throw new FileError(`the log is finished, but no longer served: ${why}`);
    }),
  );
  const served = defer(() => {
    say(settings, `the log stays served at ${url} until Ctrl-C`);
    return aborted(signal);
  });
  await firstValueFrom(merge(lost, served));
}
