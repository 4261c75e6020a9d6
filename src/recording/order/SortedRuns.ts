import { readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { FileError } from '../../csv/FileError.js';
import type { FixBatch } from '../../domain/FixBatch.js';
import { sortTogether } from '../../domain/sortTogether.js';
import { placesOf } from './BatchMaker.js';
import type { FixRecords } from '../FixRecords.js';
import { mergedBatches } from './mergedBatches.js';
import { decodePage, encodePage, PAGE_BYTES } from './recordPage.js';
import { RunReader } from './RunReader.js';
import { temporaryFile } from './temporaryFile.js';

const FIXES_A_PAGE = 4096;

/** A stretch of the temporary file: the pages of one sorted run, one after the other. */
interface Run {
  readonly from: number;
  readonly to: number;
  /** The first arrival. */
  readonly first: number;
}

/**
 * Fixes that are too many to be sorted in memory: sorted runs in a temporary file, which are merged when they
 * are read. Holds nothing of a run while others are made, and a page of 4,096 fixes of each while they are read.
 */
export class SortedRuns {
  readonly #folder: string;
  readonly #needed: number;
  readonly #runs: Run[] = [];
  #file: FileHandle | undefined;
  #size = 0;
  readonly #page = new ArrayBuffer(PAGE_BYTES);

  /** @param needed how many bytes all runs are expected to take */
  constructor(folder: string, needed: number) {
    this.#folder = folder;
    this.#needed = needed;
  }

  /** Makes a run of records, whose arrival times are used up for it. @throws FileError if there is no room. */
  async add(records: FixRecords): Promise<void> {
    const file = (this.#file ??= await temporaryFile(this.#folder, Math.max(this.#needed, records.bytes)));
    const from = this.#size;
    const { keys, places } = sortTogether(records.arrival.subarray(0, records.rows), placesOf(records));
    for (let at = 0; at < places.length; at += FIXES_A_PAGE) {
      const page = encodePage(records.views, keys.subarray(at, at + FIXES_A_PAGE), places.subarray(at, at + FIXES_A_PAGE), this.#page);
      for (let written = 0; written < page.length; ) {
        const { bytesWritten } = await FileError.attempt(
          'write a temporary file in',
          this.#folder,
          file.write(page, written, page.length - written, this.#size + written),
        );
        written += bytesWritten;
      }
      this.#size += page.length;
    }
    this.#runs.push({ from, to: this.#size, first: keys[0]! });
  }

  /**
   * All fixes by arrival time, those of one moment in the order in which they were added.
   *
   * @param records what the runs were made of, for its devices
   */
  merged({ devices, extra }: FixRecords): Generator<FixBatch, void, undefined> {
    const readers = this.#runs.map(({ from, to, first }) => new RunReader(first, this.#pages(from, to)));
    return mergedBatches(readers, { devices, extra: extra.length > 0 });
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }

  *#pages(from: number, to: number) {
    const memory = new ArrayBuffer(PAGE_BYTES);
    for (let at = from; at < to; ) {
      const page = decodePage(memory, (bytes, place) => { this.#fill(bytes, at + place); });
      yield page;
      at += page.bytes;
    }
  }

  #fill(bytes: Buffer, from: number): void {
    for (let at = 0; at < bytes.length; ) {
      const read = readSync(this.#file!.fd, bytes, at, bytes.length - at, from + at);
      if (read === 0)
        throw new FileError(`a temporary file in ${this.#folder} lost what was written to it: choose another folder with --tmp`);
      at += read;
    }
  }
}
