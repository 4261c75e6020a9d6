import { lastValueFrom, merge, type BehaviorSubject, type Observable } from 'rxjs';
import {
  type Command,
  type FixBatch,
  type Instant,
  intoLog,
  type Log,
  type Meter,
  monotonic,
  type Pace,
  play,
  type PlayOptions,
  rebased,
  type Recording,
  report,
  type Report,
} from '../../index.js';
import { say } from './announce.js';
import { STDIN } from '../recording/inputsOf.js';
import { aborted } from '../interruption.js';
import { hasKeys, keys } from './keys.js';
import { playedShare } from './playedShare.js';
import type { ReplaySettings } from './replaySettings.js';
import { slept } from '../status.js';
import { playingStatus } from './playingStatus.js';
import { version } from '../version.js';
import { duration } from '../text/words.js';

export interface Playing {
  readonly settings: ReplaySettings;
  readonly signal: AbortSignal;
  readonly meter: Meter;
  /** What steers it beside the keys, and who is told how it goes. */
  readonly commands$: Observable<Command> | undefined;
  readonly pace$: BehaviorSubject<Pace>;
  /** When reading started, in ms of the monotonic clock. */
  readonly started: number;
  /** Which share of the inputs has been read, if their size is known. */
  readonly readShare: () => number | undefined;
  /** By how many seconds all times are shifted, if they are. */
  readonly rebasedBy: number | undefined;
  readonly told: (status: (width: number) => string) => void;
}

/** Plays a recording into a log until it ends or is interrupted, and closes the log. */
export async function playInto(
  log: Log,
  recording: Recording,
  { settings, signal, meter, commands$, pace$, started, readShare, rebasedBy, told }: Playing,
): Promise<Report> {
  const { input, output, playing } = settings;
  const steered = playing.rate < Infinity && !settings.quiet && !settings.inputs.includes(STDIN) && hasKeys();
  const shift = (rebasedBy ?? 0) * 1e6;
  const last = Math.min(playing.until ?? Infinity, recording.span?.last ?? Infinity) + shift;
  const share = () =>
    playedShare({
      fixes: recording.rows - recording.rejected.count,
      span: recording.span,
      end: last - shift,
      judged: meter.judged,
      at: shifted(meter.last, -shift),
    }) ?? readShare();
  told((width) => playingStatus({ meter, pace: pace$.value, last, share: share(), keys: steered }, width));
  const resumedAt = log.resumed?.at;
  const from = latestOf(shifted(playing.from, shift), resumedAt);
  const until = shifted(playing.until, shift);
  const sleeping = slept().subscribe((millis) => {
    say(settings, `the machine slept for ${duration(millis)}: the stream is behind, and catches up`);
  });
  const begun = monotonic.now();
  const commands = [...(steered ? [keys(() => pace$.value)] : []), ...(commands$ ? [commands$] : [])];
  const steering: PlayOptions = {
    commands$: commands.length > 0 ? merge(...commands) : undefined,
    paced: (now) => {
      pace$.next(now);
    },
  };
  try {
    await lastValueFrom(
      play(rejectingInto(log, recording, rebasedBy), intoLog(log, playing), {
        ...playing,
        ...steering,
        from,
        until,
        stop$: aborted(signal),
        meter,
      }),
      { defaultValue: undefined },
    );
  } finally {
    sleeping.unsubscribe();
    await log.close();
  }
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  return report(meter, {
    version: version(),
    input,
    output,
    interrupted: signal.aborted,
    rows: recording.rows,
    rejected: recording.rejected.count,
    outOfOrder: recording.outOfOrder,
    rebasedBy,
    resumedAt,
    from,
    reading: begun - started,
    playing: monotonic.now() - begun,
    bytes: log.bytes,
    peakMemory: maxRSS * 1024,
    cpu: (userCPUTime + systemCPUTime) / 1000,
  });
}

/** The fixes of a recording, when the rows that were found to be none before them have been written. */
async function* rejectingInto(log: Log, recording: Recording, rebasedBy: number | undefined): AsyncGenerator<FixBatch, void, undefined> {
  const reject = async () => {
    for await (const rows of recording.rejected.take()) await log.reject(rows);
  };
  for await (const batch of rebasedBy === undefined ? recording.batches : rebased(recording.batches, rebasedBy)) {
    await reject();
    yield batch;
  }
  await reject();
}

function shifted(instant: Instant | undefined, micros: number): Instant | undefined {
  return instant === undefined ? undefined : instant + micros;
}

/** The later of two moments, if there is one. */
function latestOf(a: Instant | undefined, b: Instant | undefined): Instant | undefined {
  return a !== undefined && b !== undefined ? Math.max(a, b) : (a ?? b);
}
