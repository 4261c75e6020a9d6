import type { AddedRows } from './AddedRows.js';
import { DeviceRanks } from './DeviceRanks.js';
import type { IndexFile } from './IndexFile.js';
import { createIndex, indexPath } from './openIndex.js';
import { noReads } from './Reads.js';
import { SegmentBuilder } from './SegmentBuilder.js';
import type { Stamp } from './stamp.js';

/** From this many rows on, a segment is written before it is full: rows outside segments are read by each question. */
const WORTH = 4096;

/** A file whose index is to be kept while it grows. */
export interface Growing {
  readonly path: string;
  readonly descriptor: number;
  /** How many bytes it was given, and the CRC-32 of them. */
  readonly size: number;
  readonly crc: number;
  /** The state in which it was left when it was written last; `undefined` if somebody else was seen to change it. */
  readonly state: Stamp | undefined;
}

/**
 * Keeps the index of a log or late file while a run writes it. It is a cache: if it cannot be written, it is
 * given up, and the run goes on. Holds 76 bytes for each of up to 131,072 rows and those added last, and up to
 * 41 for each device.
 */
export class Indexer {
  /** Why the index was given up. */
  failure: Error | undefined;
  readonly #file: Growing;
  #index: IndexFile | undefined;
  /** The rows that have no full segment yet; the first so many of them have one. */
  readonly #open: SegmentBuilder;
  #sealed = 0;
  /** Where the next row will start in the file. */
  #at: number;

  private constructor(file: Growing, ranks: DeviceRanks) {
    this.#file = file;
    this.#open = new SegmentBuilder(ranks);
    this.#at = file.size;
  }

  /**
   * Begins the index of a file that has its header, in the place of what index there was.
   *
   * @param ranks those of the run's devices, which all of its indexes share
   */
  static async create(file: Growing, ranks = new DeviceRanks()): Promise<Indexer> {
    const indexer = new Indexer(file, ranks);
    try {
      indexer.#index = await createIndex(indexPath(file.path), noReads());
    } catch (error) {
      indexer.failure = error as Error;
    }
    return indexer;
  }

  /** Takes in rows that were given to the file. */
  add(rows: AddedRows): void {
    if (rows.count === 0) return; // nor was anything written
    this.#attempt((index) => {
      this.#open.add(rows, this.#at);
      this.#at = this.#open.to;
      if (this.#open.isFull) {
        index.append(this.#open.build(this.#file.crc));
        this.#open.begin(this.#at);
        this.#sealed = 0;
      }
      if (this.#file.state) index.stamp(this.#file.state);
    });
  }

  /** Makes a segment of the rows that have none, if they are worth one. */
  seal(worth = WORTH): void {
    this.#attempt((index) => {
      // a write that failed leaves rows that it was not told of
      if (this.#open.rows - this.#sealed < worth || this.#at !== this.#file.size) return;
      index.append(this.#open.build(this.#file.crc, this.#sealed));
      this.#sealed = this.#open.rows;
    });
  }

  /** Completes the index, and closes it. */
  close(): void {
    this.seal(1);
    this.#attempt((index) => {
      const state = index.stateOf(this.#file.descriptor);
      if (state.ctimeNs === this.#file.state?.ctimeNs) index.stamp(state);
      index.close();
      this.#index = undefined;
    });
  }

  #attempt(work: (index: IndexFile) => void): void {
    const index = this.#index;
    if (!index) return;
    try {
      work(index);
    } catch (error) {
      this.failure = error as Error;
      this.#index = undefined;
      index.close();
    }
  }
}
