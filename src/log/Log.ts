import { FileError } from '../csv/FileError.js';
import type { Commit } from '../domain/commit.js';
import type { Rejected } from '../domain/fix.js';
import type { Instant } from '../domain/instant.js';
import type { Update } from '../domain/latest.js';
import type { Sink } from './append.js';
import { Coalescer } from './Coalescer.js';
import type { Indexer } from '../lookup/Indexer.js';
import { LineBuffer } from './LineBuffer.js';
import type { LineFile } from './LineFile.js';
import type { Lock } from './lock.js';
import { LOG_FILES, type LogFiles, type LogPaths } from './paths.js';
import { replaceFile } from './replaceFile.js';
import { changeRow, lateRow, rejectedRow } from './rows.js';
import { formatRunFile, type RunFile } from './runFile.js';

/** What was there of a run that is resumed. */
export interface Resumed {
  /** Whether it had been finished. */
  readonly finished: boolean;
  /** The last arrival time in its files; `undefined` if they hold none. */
  readonly at: Instant | undefined;
}

interface Opened {
  readonly paths: LogPaths;
  readonly files: LogFiles<LineFile>;
  /** What keeps the indexes of two of them, if anything does. */
  readonly indexers: { readonly changes: Indexer; readonly late: Indexer } | undefined;
  readonly run: RunFile;
  readonly locked: Lock | undefined;
  readonly coalesce: boolean;
  readonly durable: boolean;
  readonly replaced: readonly string[];
  readonly resumed: Resumed | undefined;
}

/**
 * The files of a run, open for writing, one thing after the other.
 *
 * What is on disk when: a batch of changes, then its late fixes, when its commit resolves, readable by anybody;
 * safe from a power cut when the next `sync` does. At any instant each file is a beginning of what it is in
 * the end, but for a line that was being written. The run file says that it is finished when all of that is safe.
 */
export class Log implements Sink<Update, Commit> {
  /** The files of an earlier run that this one replaces. */
  readonly replaced: readonly string[];
  /** What was there of the run that this one goes on with, if it does. */
  readonly resumed: Resumed | undefined;
  /** Whether no other run can write it; `false` where the system's locks cannot be had. */
  readonly locked: boolean;
  readonly #opened: Opened;
  readonly #coalescer: Coalescer | undefined;
  /** Those that are written: what is given back by the megabyte is collected late. */
  readonly #spare: LineBuffer[] = [];
  #turn: Promise<unknown> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;
  #closed: Promise<void> | undefined;

  constructor(opened: Opened) {
    this.#opened = opened;
    this.replaced = opened.replaced;
    this.resumed = opened.resumed;
    this.locked = opened.locked !== undefined;
    this.#coalescer = opened.coalesce ? new Coalescer() : undefined;
  }

  /** How many bytes the files hold. */
  get bytes(): number {
    const { changes, late, rejected } = this.#opened.files;
    return changes.size + late.size + rejected.size;
  }

  /** How many of them were not there when it was opened. */
  get written(): number {
    const { changes, late, rejected } = this.#opened.files;
    return changes.written + late.written + rejected.written;
  }

  /** Why the indexes of the files are not kept, if they were to be: the first question will make them. */
  get unindexed(): string | undefined {
    const { indexers } = this.#opened;
    return (indexers?.changes.failure ?? indexers?.late.failure)?.message;
  }

  /** Appends rows that are no fixes to the rejected file. */
  reject(rejected: readonly Rejected[]): Promise<void> {
    return this.#inTurn(() => this.#opened.files.rejected.append(rejected.map(rejectedRow)));
  }

  commit(updates: readonly Update[]): Promise<Commit> {
    try {
      return this.#inTurn(this.#committing(updates));
    } catch (error) {
      return this.#inTurn(() => { throw error; }); // in its turn: what was committed before is written, and nothing after it
    }
  }

  /** Has what was appended reach the disk. */
  sync(): Promise<void> {
    return this.#inTurn(() => this.#sync());
  }

  /** Writes what was held back, and that the run is finished. @throws FileError also if a file goes on after its last row. */
  end(): Promise<Commit> {
    const visible = this.#coalescer?.end() ?? [];
    return this.#inTurn(async () => {
      const { files, run, paths, durable } = this.#opened;
      await this.#append('changes', visible, this.#linesOf(visible, changeRow));
      for (const kind of LOG_FILES) {
        await files[kind].cutZeros();
        if (files[kind].ahead > 0) throw new FileError(`${paths[kind]} holds ${files[kind].ahead} bytes after the last row of this run: it was changed since; put it right, or start anew without --resume`);
        await files[kind].check();
      }
      if (durable) await this.#sync();
      if (!this.resumed?.finished) await replaceFile(paths.run, formatRunFile({ ...run, finished: true }), durable);
      return { settled: 0, visible, dropped: [] };
    });
  }

  /** Lets everything reach the disk, unless that failed before, and lets go of the files and of the right to write them. */
  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    await this.#turn;
    const { files, indexers, durable, locked } = this.#opened;
    try {
      if (durable && !this.#failure) await this.#sync();
    } finally {
      indexers?.late.close();
      indexers?.changes.close();
      await Promise.allSettled(LOG_FILES.map((kind) => files[kind].close())); // what was to be safe is, or is said not to be
      await locked?.release();
    }
  }

  /** What is left to do of a commit when its lines have been made, which is at once. */
  #committing(updates: readonly Update[]): () => Promise<Commit> {
    const changed = updates.filter(({ verdict }) => verdict === 'change');
    const others = updates.filter(({ verdict }) => verdict !== 'change');
    const { visible, dropped } = this.#coalescer?.take(updates) ?? { visible: changed, dropped: [] };
    const [changeLines, lateLines] = [this.#linesOf(visible, changeRow), this.#linesOf(others, lateRow)];
    return async () => {
      await this.#append('changes', visible, changeLines);
      await this.#append('late', others, lateLines);
      return { settled: updates.length, visible, dropped };
    };
  }

  #linesOf(updates: readonly Update[], row: (update: Update, lines: LineBuffer) => void): LineBuffer {
    const lines = this.#spare.pop() ?? new LineBuffer();
    for (const update of updates) row(update, lines);
    return lines;
  }

  async #append(kind: 'changes' | 'late', updates: readonly Update[], lines: LineBuffer): Promise<void> {
    const { files, indexers } = this.#opened;
    await files[kind].appendBytes(lines.bytes);
    indexers?.[kind].add(updates, lines.ends);
    this.#spare.push(lines.clear());
  }

  async #sync(): Promise<void> {
    this.#opened.indexers?.changes.seal();
    this.#opened.indexers?.late.seal();
    for (const kind of LOG_FILES) await this.#opened.files[kind].sync();
  }

  /** Does one thing after the other, and nothing more when one has failed: what follows would leave a gap. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(() => {
      if (this.#failure) throw this.#failure.error;
      return work();
    });
    this.#turn = done.catch((error: unknown) => { this.#failure ??= { error }; }); // said to who waits for it
    return done;
  }
}
