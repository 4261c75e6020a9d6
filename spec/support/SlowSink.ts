import type { Commit } from '../../src/domain/commit.js';
import type { Update } from '../../src/domain/latest.js';
import type { Sink } from '../../src/log/append.js';

interface Waiting {
  resolve(): void;
  reject(error: Error): void;
}

/** A log in memory, of which each write takes until the test says so. */
export class SlowSink implements Sink<Update, Commit> {
  /** Every batch it was given, written or not. */
  readonly batches: (readonly Update[])[] = [];
  ends = 0;
  readonly #waiting: Waiting[] = [];

  commit(batch: readonly Update[]): Promise<Commit> {
    this.batches.push(batch);
    return this.#write(batch);
  }

  end(): Promise<Commit> {
    this.ends++;
    return this.#write([]);
  }

  /** The oldest write under way succeeds. */
  succeed(): void {
    this.#waiting.shift()?.resolve();
  }

  /** The oldest write under way fails. */
  fail(error: Error): void {
    this.#waiting.shift()?.reject(error);
  }

  #write(batch: readonly Update[]): Promise<Commit> {
    const visible = batch.filter(({ verdict }) => verdict === 'change');
    const commit: Commit = { settled: batch.length, visible, dropped: [] };
    return new Promise((resolve, reject) => this.#waiting.push({ resolve: () => { resolve(commit); }, reject }));
  }
}
