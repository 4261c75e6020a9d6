import { fstatSync } from 'node:fs';
import type { Fix } from '../domain/fix.js';
import { IndexFile, indexPath } from './IndexFile.js';
import { noReads } from './Reads.js';
import { SegmentBuilder } from './SegmentBuilder.js';
import type { Stamp } from './stamp.js';

/** So many rows are worth a segment before it is full: those without one are read by each question. */
const WORTH = 4096;

/** A file whose index is to be kept while it grows. */
export interface Growing {
  readonly path: string;
  readonly descriptor: number;
  /** How many bytes it was given, and the CRC-32 of them. */
  readonly size: number;
  readonly crc: number;
  /** When it was changed last, in ns since 1970, if only by who lets it grow. */
  readonly changed: bigint | undefined;
}

/**
 * Keeps the index of a log or late file while a run writes it. It is a cache: if it cannot be written, it is
 * given up, and the run goes on. Holds 56 bytes for each of up to 131,072 rows, and a text of 16 for each
 * device.
 */
export class Indexer {
  /** Why the index was given up. */
  failure: Error | undefined;
  readonly #file: Growing;
  #index: IndexFile | undefined;
  /** The rows that have no full segment yet; the first so many of them have one. */
  readonly #open = new SegmentBuilder();
  #sealed = 0;
  /** Where the next row will start in the file. */
  #at: number;

  private constructor(file: Growing) {
    this.#file = file;
    this.#at = file.size;
  }

  /** Begins the index of a file that has its header, in the place of what index there was. */
  static async create(file: Growing): Promise<Indexer> {
    const indexer = new Indexer(file);
    try {
      indexer.#index = await IndexFile.create(indexPath(file.path), noReads());
    } catch (error) {
      indexer.failure = error as Error;
    }
    return indexer;
  }

  /** Takes in rows that were given to the file, and where each ends, in bytes from the start of the first. */
  add(added: readonly { readonly fix: Fix }[], ends: readonly number[]): void {
    this.#attempt((index) => {
      let start = 0;
      for (let i = 0; i < added.length; i++) {
        this.#open.add(added[i]!.fix, this.#at + start, ends[i]! - start);
        start = ends[i]!;
      }
      this.#at += start;
      if (this.#open.isFull) {
        index.append(this.#open.build(this.#file.crc));
        this.#open.begin(this.#at);
        this.#sealed = 0;
      }
      this.#stamp(index, fstatSync(this.#file.descriptor, { bigint: true }));
    });
  }

  /** Makes a segment of the rows that have none, if they are worth one. */
  seal(worth = WORTH): void {
    this.#attempt((index) => {
      if (this.#open.rows - this.#sealed < worth || this.#at !== this.#file.size) return; // a write that failed leaves rows that it was not told of
      index.append(this.#open.build(this.#file.crc, this.#sealed));
      this.#sealed = this.#open.rows;
    });
  }

  /** Completes the index, and closes it. */
  close(): void {
    this.seal(1);
    this.#attempt((index) => {
      this.#stamp(index, index.stateOf(this.#file.descriptor));
      index.close();
      this.#index = undefined;
    });
  }

  #stamp(index: IndexFile, state: Stamp): void {
    if (state.ctimeNs === this.#file.changed) index.stamp(state);
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
