import { FileError } from '../csv/FileError.js';
import { counted } from '../domain/counted.js';
import type { Commit } from '../domain/commit.js';
import type { Rejected } from '../domain/fix.js';
import type { Instant } from '../domain/instant.js';
import type { Judged } from '../domain/FixBatch.js';
import type { Sink } from '../rx/append.js';
import type { Indexer } from '../lookup/Indexer.js';
import type { LineFile } from './LineFile.js';
import type { Lock } from './lock.js';
import { LOG_FILES, type LogFiles, type LogPaths } from './paths.js';
import { replaceFile } from './replaceFile.js';
import type { RowBuffer } from './RowBuffer.js';
import { RowMaker, type LogRows } from './RowMaker.js';
import { rejectedRow } from './rows.js';
import { formatRunFile, type Origin, type RunFile } from './runFile.js';
import { Sequence } from './Sequence.js';

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
export class Log implements Sink<LogRows, Commit> {
  /** The files of an earlier run that this one replaces. */
  readonly replaced: readonly string[];
  /** What was there of the run that this one goes on with, if it does. */
  readonly resumed: Resumed | undefined;
  /** Whether no other run can write it; `false` where the system's locks cannot be had. */
  readonly locked: boolean;
  readonly #opened: Opened;
  readonly #maker: RowMaker;
  readonly #works = new Sequence();
  #run: RunFile;
  #closed: Promise<void> | undefined;

  constructor(opened: Opened) {
    this.#opened = opened;
    this.#run = opened.run;
    this.replaced = opened.replaced;
    this.resumed = opened.resumed;
    this.locked = opened.locked !== undefined;
    this.#maker = new RowMaker(opened.coalesce);
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

  /** Appends rows that are not fixes to the rejected file. */
  reject(rejected: readonly Rejected[]): Promise<void> {
    return this.#works.run(() => this.#opened.files.rejected.append(rejected.map(rejectedRow)));
  }

  /** The rows of judged fixes, to be committed. */
  take(judged: Judged): LogRows {
    return this.#maker.make(judged);
  }

  sizeOf({ size }: LogRows): number {
    return size;
  }

  commit(batch: readonly LogRows[]): Promise<Commit> {
    return this.#works.run(async () => {
      const changes = batch.map(({ changes }) => changes);
      await this.#append('changes', changes);
      await this.#append('late', batch.map(({ late }) => late));
      const commit = this.#committed(batch.reduce((sum, { size }) => sum + size, 0), changes);
      this.#maker.takeBack(batch);
      return commit;
    });
  }

  /** Notes, before rows are given to it that depend on that, what else they are made from. */
  noteOrigin(origin: Origin): Promise<void> {
    const { paths, durable } = this.#opened;
    return this.#works.run(async () => {
      this.#run = { ...this.#run, made_from: origin };
      await replaceFile(paths.run, formatRunFile(this.#run), durable);
    });
  }

  /** Has what was appended reach the disk. */
  sync(): Promise<void> {
    return this.#works.run(() => this.#sync());
  }

  /** Writes what was held back, and that the run is finished. @throws FileError also if a file goes on after its last row. */
  end(): Promise<Commit> {
    const last = this.#maker.rest();
    return this.#works.run(async () => {
      const { files, paths, durable } = this.#opened;
      await this.#append('changes', [last]);
      for (const kind of LOG_FILES) {
        await files[kind].cutZeros();
        if (files[kind].ahead > 0)
          throw new FileError(
            `${paths[kind]} holds ${counted(files[kind].ahead, 'byte')} after the last row of this run: it was changed since; restore it, or start anew without --resume`,
          );
        files[kind].check();
      }
      if (durable) await this.#sync();
      if (!this.resumed?.finished) await replaceFile(paths.run, formatRunFile({ ...this.#run, finished: true }), durable);
      return this.#committed(0, [last]);
    });
  }

  /** Lets everything reach the disk, unless that failed before, and lets go of the files and of the right to write them. */
  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    const isWhole = await this.#works.ended();
    const { files, indexers, durable, locked } = this.#opened;
    try {
      if (durable && isWhole) await this.#sync();
    } finally {
      indexers?.late.close();
      indexers?.changes.close();
      await Promise.allSettled(LOG_FILES.map((kind) => files[kind].close())); // what was to be safe is, or is said not to be
      await locked?.release();
    }
  }

  async #append(kind: 'changes' | 'late', batch: readonly RowBuffer[]): Promise<void> {
    const { files, indexers } = this.#opened;
    await files[kind].appendBytes(batch.length === 1 ? batch[0]!.bytes : Buffer.concat(batch.map(({ bytes }) => bytes)));
    for (const rows of batch) if (rows.count > 0) indexers?.[kind].add(rows);
  }

  #committed(settled: number, changes: readonly RowBuffer[]): Commit {
    const due = Float64Array.from(changes.flatMap(({ due }) => Array.from(due)));
    return { settled, written: changes.reduce((sum, { count }) => sum + count, 0), due };
  }

  async #sync(): Promise<void> {
    this.#opened.indexers?.changes.seal();
    this.#opened.indexers?.late.seal();
    await Promise.all(LOG_FILES.map((kind) => this.#opened.files[kind].sync()));
  }
}
