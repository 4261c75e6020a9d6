import { lastValueFrom, merge, type BehaviorSubject, type Observable } from 'rxjs';
import {
  type Command,
  type FixBatch,
  type Instant,
  type Meter,
  type Pace,
  play,
  type PlayOptions,
  type Recording,
} from '../../index.js';
import { aborted } from '../interruption.js';
import { STDIN } from '../recording/inputsOf.js';
import { slept } from '../status.js';
import { duration } from '../text/words.js';
import { say } from './announce.js';
import { hasKeys, keys } from './keys.js';
import type { Opened } from './Opened.js';
import { playedShare } from './playedShare.js';
import { playingStatus } from './playingStatus.js';
import type { ReplaySettings } from './replaySettings.js';
import { sayingIfUnsorted } from './sayingIfUnsorted.js';
import { skipping } from './skipping.js';

export interface Playing {
  readonly settings: ReplaySettings;
  /** What arrives in the stream before this is applied at once. */
  readonly from: Instant | undefined;
  /** The last arrival time of the stream that is played. */
  readonly until: Instant | undefined;
  readonly signal: AbortSignal;
  readonly meter: Meter;
  /** What steers it beside the keys, and who is told how it goes. */
  readonly commands$: Observable<Command> | undefined;
  readonly pace$: BehaviorSubject<Pace>;
  /** Which share of the inputs has been read, if their size is known. */
  readonly readShare: () => number | undefined;
  readonly told: (status: (width: number) => string) => void;
  /** Told when the last fix arrived that a store has already. */
  readonly resumedAt: (arrival: Instant) => void;
}

/** Plays a recording into an output until it ends or is interrupted. */
export async function playInto(
  opened: Opened,
  recording: Recording,
  { settings, from, until, signal, meter, commands$, pace$, readShare, told, resumedAt }: Playing,
): Promise<void> {
  const { playing } = settings;
  const steered = playing.rate < Infinity && !settings.quiet && !settings.inputs.includes(STDIN) && hasKeys();
  const last = Math.min(until ?? Infinity, recording.span?.last ?? Infinity);
  const share = () => {
    const { rows, rejected, span } = recording;
    const judged = (opened.skipped ?? 0) + meter.judged;
    return playedShare({ fixes: rows - rejected.count, span, end: last, judged, at: meter.last }) ?? readShare();
  };
  told((width) => playingStatus({ meter, pace: pace$.value, last, share: share(), keys: steered }, width));
  const sleeping = slept().subscribe((millis) => {
    say(settings, `the machine slept for ${duration(millis)}: the stream is behind, and catches up`);
  });
  const commands = [...(steered ? [keys(() => pace$.value)] : []), ...(commands$ ? [commands$] : [])];
  const options: PlayOptions = {
    ...playing,
    from,
    until,
    commands$: commands.length > 0 ? merge(...commands) : undefined,
    onPace: (now) => {
      pace$.next(now);
    },
    stop$: aborted(signal),
    meter,
  };
  try {
    const { rejected, batches: all } = sayingIfUnsorted(settings, recording);
    const { skipped = 0 } = opened;
    const rest = skipped === 0 ? all : skipping(all, skipped, resumedAt);
    const batches = rejectingInto(opened, { rejected, batches: rest });
    await lastValueFrom(play(batches, opened.end, options), { defaultValue: undefined });
  } finally {
    sleeping.unsubscribe();
  }
}

/** The fixes of a recording, when the rows that were found to be none before them have been written. */
async function* rejectingInto(
  opened: Opened,
  recording: Pick<Recording, 'rejected' | 'batches'>,
): AsyncGenerator<FixBatch, void, undefined> {
  const reject = async () => {
    for await (const rows of recording.rejected.take()) await opened.reject(rows);
  };
  for await (const batch of recording.batches) {
    await reject();
    yield batch;
  }
  await reject();
}
