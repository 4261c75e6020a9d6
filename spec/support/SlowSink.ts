import type { Commit } from '../../src/domain/commit.js';
import type { Judged } from '../../src/domain/FixBatch.js';
import { CHANGE } from '../../src/domain/latest.js';
import type { Taking } from '../../src/log/intoLog.js';
import { foundIn, type Found } from './Found.js';

interface Waiting {
  resolve(): void;
  reject(error: Error): void;
}

interface Taken {
  readonly found: readonly Found[];
  /** When its changes were due. */
  readonly due: readonly number[];
}

/** A log in memory, of which each write takes until the test says so. */
export class SlowSink implements Taking<Taken> {
  /** Every batch it was given, written or not. */
  readonly batches: (readonly Found[])[] = [];
  ends = 0;
  readonly #waiting: Waiting[] = [];

  take(judged: Judged): Taken {
    const { batch, verdict } = judged;
    const rows = Array.from({ length: batch.end - batch.first }, (_, i) => batch.first + i);
    return { found: foundIn(judged), due: rows.filter((row) => verdict[row] === CHANGE).map((row) => batch.columns.due[row]!) };
  }

  sizeOf({ found }: Taken): number {
    return found.length;
  }

  commit(batch: readonly Taken[]): Promise<Commit> {
    const found = batch.flatMap((taken) => taken.found);
    const due = batch.flatMap((taken) => taken.due);
    this.batches.push(found);
    return this.#write({ settled: found.length, written: due.length, due: Float64Array.from(due.filter((time) => time > -Infinity)) });
  }

  end(): Promise<Commit> {
    this.ends++;
    return this.#write({ settled: 0, written: 0, due: new Float64Array() });
  }

  /** The oldest write under way succeeds. */
  succeed(): void {
    this.#waiting.shift()?.resolve();
  }

  /** The oldest write under way fails. */
  fail(error: Error): void {
    this.#waiting.shift()?.reject(error);
  }

  #write(commit: Commit): Promise<Commit> {
    return new Promise((resolve, reject) => this.#waiting.push({ resolve: () => { resolve(commit); }, reject }));
  }
}
