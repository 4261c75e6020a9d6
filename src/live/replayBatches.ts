import {
  asyncScheduler,
  defer,
  filter,
  identity,
  map,
  NEVER,
  takeWhile,
  tap,
  type MonoTypeOperatorFunction,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import type { Instant } from '../domain/instant.js';
import { onTime, type Rows } from '../rx/onTime.js';
import { Pacing, type Command, type Pace } from './Pacing.js';
import { timetable, type Timing } from './timetable.js';

/** Rows that arrived, each at a time in µs since 1970: a `FixBatch`. */
export interface ArrivedRows<T> extends Rows<T> {
  readonly columns: {
    readonly arrival: ArrayLike<Instant>;
    /** Where it is noted when each row was due. */
    readonly due: Record<number, number>;
  };
}

export interface ReplayOptions extends Timing {
  /** Ends before the first that arrived after this instant. Default: with the source. */
  readonly until?: number | undefined;
  /** Steers it while it runs; that it completes changes nothing. Default: it goes at its rate. */
  readonly commands$?: Observable<Command> | undefined;
  /** Called with the pace when the replay starts, and after each command. */
  readonly onPace?: ((pace: Pace) => void) | undefined;
  readonly scheduler?: SchedulerLike;
}

/**
 * `replay` for batches: each row is emitted at its due time, those that are due together as one batch.
 *
 *     source   ([abc]|)          a arrived at 0 ms, b at 2 ms, c at 2.1 ms
 *     result   [a]-([bc]|)
 *
 * What is not due yet when a batch comes is kept as a copy, so that its source may go on. When each row was due is noted
 * in it, in ms of the scheduler's clock: `-Infinity` since ever, as what arrived before `from`, and `NaN` at an infinite
 * rate, where nothing is due.
 */
export const replayBatches =
  <T extends ArrivedRows<T>>({
    until = Infinity,
    commands$,
    onPace = () => undefined,
    scheduler = asyncScheduler,
    ...timing
  }: ReplayOptions = {}): MonoTypeOperatorFunction<T> =>
  (source) =>
    defer(() => {
      const wanted = source.pipe(
        until === Infinity ? identity : untilArrival(until),
        filter(({ first, end }) => end > first),
      );
      const { rate = 1 } = timing;
      const pacing = new Pacing(rate, scheduler.now());
      const momentOf = timetable(0, { ...timing, rate: 1 });
      onPace(pacing.pace);
      if (rate === Infinity && !commands$)
        return wanted.pipe(
          tap((batch) => {
            note(batch, () => NaN);
          }),
        );
      const steered$ = (commands$ ?? NEVER).pipe(
        tap((command) => {
          pacing.steer(command, scheduler.now());
          onPace(pacing.pace);
        }),
      );
      const due = {
        dueOf: ({ columns }: T, row: number) => pacing.dueOf(columns.due[row]!),
        onDue: ({ columns }: T, row: number, now: number) => (columns.due[row] = pacing.emitted(columns.due[row]!, now) ?? NaN),
      };
      return wanted.pipe(
        tap((batch) => {
          note(batch, momentOf);
        }), // the moment of each, until it is known when that is due
        onTime(due, steered$, scheduler),
      );
    });

function note<T extends ArrivedRows<T>>({ columns: { arrival, due }, first, end }: T, timeOf: (arrival: Instant) => number): void {
  for (let row = first; row < end; row++) due[row] = timeOf(arrival[row]!);
}

/** The rows before the first that arrived after an instant. */
const untilArrival = <T extends ArrivedRows<T>>(until: Instant): MonoTypeOperatorFunction<T> => (source) =>
  source.pipe(
    map((batch) => {
      let end = batch.first;
      while (end < batch.end && batch.columns.arrival[end]! <= until) end++;
      return { batch, end };
    }),
    takeWhile(({ batch, end }) => end === batch.end, true),
    map(({ batch, end }) => batch.part(batch.first, end)),
  );
