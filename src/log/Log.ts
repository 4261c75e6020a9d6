import { FileError } from '../csv/FileError.js';
import { counted } from '../domain/counted.js';
import type { Commit } from '../domain/commit.js';
import type { Rejected } from '../domain/fix.js';
import type { Instant } from '../domain/instant.js';
import { sizeOf, type Judged } from '../domain/FixBatch.js';
import type { Sink } from '../rx/append.js';
import { Coalescer } from './Coalescer.js';
import type { Indexer } from '../lookup/Indexer.js';
import type { LineFile } from './LineFile.js';
import type { Lock } from './lock.js';
import { LOG_FILES, type LogFiles, type LogPaths } from './paths.js';
import { replaceFile } from './replaceFile.js';
import { RowFormat } from './RowFormat.js';
import { rejectedRow } from './rows.js';
import { RowBuffer } from './RowBuffer.js';
import { formatRunFile, type Origin, type RunFile } from './runFile.js';

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

/** The rows of some fixes, for both files. */
export interface LogRows {
  /** How many fixes. */
  readonly size: number;
  readonly changes: RowBuffer;
  readonly late: RowBuffer;
}

/** From this many rows on, a buffer is handed over as it is; fewer rows are copied, so that their buffer can be used again at once. */
const MANY = 1024;

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
  readonly #format = new RowFormat();
  readonly #coalescer: Coalescer | undefined;
  /** Those that are written: what is given back by the megabyte is collected late. */
  readonly #spare: RowBuffer[] = [];
  #run: RunFile;
  #turn: Promise<unknown> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;
  #closed: Promise<void> | undefined;

  constructor(opened: Opened) {
    this.#opened = opened;
    this.#run = opened.run;
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

  /** Appends rows that are not fixes to the rejected file. */
  reject(rejected: readonly Rejected[]): Promise<void> {
    return this.#inTurn(() => this.#opened.files.rejected.append(rejected.map(rejectedRow)));
  }

  /** The rows of judged fixes, to be committed. */
  take(judged: Judged): LogRows {
    const [changes, late] = [this.#rows(), this.#rows()];
    this.#format.changes(judged, changes);
    this.#format.others(judged, late);
    return { size: sizeOf(judged.batch), changes: this.#handOn(this.#coalesced(judged, changes)), late: this.#handOn(late) };
  }

  sizeOf({ size }: LogRows): number {
    return size;
  }

  commit(batch: readonly LogRows[]): Promise<Commit> {
    return this.#inTurn(async () => {
      const changes = batch.map(({ changes }) => changes);
      await this.#append('changes', changes);
      await this.#append('late', batch.map(({ late }) => late));
      const commit = this.#committed(batch.reduce((sum, { size }) => sum + size, 0), changes);
      for (const rows of batch.flatMap(({ changes, late }) => [changes, late])) if (rows.count >= MANY) this.#spare.push(rows.clear());
      return commit;
    });
  }

  /** Notes, before rows are given to it that depend on that, what else they are made from. */
  noteOrigin(origin: Origin): Promise<void> {
    const { paths, durable } = this.#opened;
    return this.#inTurn(async () => {
      this.#run = { ...this.#run, made_from: origin };
      await replaceFile(paths.run, formatRunFile(this.#run), durable);
    });
  }

  /** Has what was appended reach the disk. */
  sync(): Promise<void> {
    return this.#inTurn(() => this.#sync());
  }

  /** Writes what was held back, and that the run is finished. @throws FileError also if a file goes on after its last row. */
  end(): Promise<Commit> {
    const last = this.#rows();
    this.#coalescer?.end(last);
    return this.#inTurn(async () => {
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

  #rows(): RowBuffer {
    return this.#spare.pop() ?? new RowBuffer();
  }

  #coalesced(judged: Judged, changes: RowBuffer): RowBuffer {
    if (!this.#coalescer) return changes;
    const coalesced = this.#rows();
    this.#coalescer.take(judged, changes, coalesced);
    this.#spare.push(changes.clear());
    return coalesced;
  }

  #handOn(rows: RowBuffer): RowBuffer {
    if (rows.count >= MANY) return rows;
    const copy = rows.copy();
    this.#spare.push(rows.clear());
    return copy;
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
