import { tap, type OperatorFunction } from 'rxjs';
import type { Commit } from '../domain/commit.js';
import type { Fix } from '../domain/fix.js';
import type { Instant } from '../domain/instant.js';
import type { Update, Verdict } from '../domain/latest.js';
import { Distribution } from './Distribution.js';

/** Something that commits batches of updates. */
interface Committing {
  commit(batch: readonly Update[]): Promise<Commit>;
  end(): Promise<Commit>;
}

/**
 * Measures one run (one subscription) of the pipeline, from within it, without changing what flows.
 *
 * Holds the time taken over each fix, and its due time, until its batch is written.
 */
export class Meter {
  /** How many fixes were judged so. */
  readonly verdicts: Record<Verdict, number> = { change: 0, late: 0, duplicate: 0, conflict: 0 };
  /** The time a fix keeps the program busy: it is judged, and has its share of its batch's formatting. */
  readonly processing = new Distribution();
  /** From a fix's due time to its emission. */
  readonly lateness = new Distribution();
  /** From a change's due time to when it can be read in the log. */
  readonly latency = new Distribution();
  devices = 0;
  written = 0;
  flushes = 0;
  /** How far behind its due time the last fix was emitted, in ms. */
  behind = 0;
  /** The arrival time of the first fix judged. */
  first: Instant | undefined;
  /** The last arrival time so far: how far the stream has come. */
  last: Instant | undefined;

  readonly #now: () => number;
  readonly #due = new Map<Fix, number>();
  readonly #judging: number[] = [];

  /** @param now the clock of the replay, in ms */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** How many fixes were judged. */
  get judged(): number {
    return this.verdicts.change + this.verdicts.late + this.verdicts.duplicate + this.verdicts.conflict;
  }

  /** For `replay`: a fix is emitted that was due at that time; one that was due since ever is not measured. */
  readonly emitted = (fix: Fix, due: number): void => {
    this.behind = 0;
    if (due === -Infinity) return;
    this.behind = this.#now() - due;
    this.lateness.record(this.behind);
    this.#due.set(fix, due);
  };

  /** Measures an operator that makes one update of each fix at once. */
  timed(operator: OperatorFunction<Fix, Update>): OperatorFunction<Fix, Update> {
    let start = 0;
    return (source) =>
      source.pipe(
        tap((fix) => {
          this.first ??= fix.arrival;
          this.last = Math.max(this.last ?? fix.arrival, fix.arrival);
          start = this.#now();
        }),
        operator,
        tap(({ fix, verdict, latest }) => {
          this.#judging.push(this.#now() - start);
          this.verdicts[verdict]++;
          this.devices = latest.size;
          if (verdict !== 'change') this.#due.delete(fix);
        }),
      );
  }

  /** Measures a sink. */
  metered(sink: Committing): Committing {
    const written = async (writing: Promise<Commit>) => {
      const commit = await writing;
      this.#written(commit);
      return commit;
    };
    return {
      commit: (batch) => {
        const start = this.#now();
        const writing = sink.commit(batch);
        const share = (this.#now() - start) / batch.length;
        for (const judging of this.#judging.splice(0, batch.length)) this.processing.record(judging + share);
        this.flushes++;
        return written(writing);
      },
      end: () => written(sink.end()),
    };
  }

  #written({ visible, dropped }: Commit): void {
    const now = this.#now();
    this.written += visible.length;
    for (const { fix } of visible) {
      const due = this.#due.get(fix);
      if (due !== undefined) this.latency.record(now - due);
      this.#due.delete(fix);
    }
    for (const { fix } of dropped) this.#due.delete(fix);
  }
}
