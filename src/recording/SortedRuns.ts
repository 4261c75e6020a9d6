import { readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { FileError } from '../csv/FileError.js';
import type { Fix } from '../domain/fix.js';
import { merge } from '../domain/merge.js';
import { orderOf } from '../domain/orderOf.js';
import { decodeFixes, encodeFixes } from './fixPage.js';
import type { FixTable } from './FixTable.js';
import { temporaryFile } from './temporaryFile.js';

const FIXES_A_PAGE = 4096;
/** What a page takes, unless its texts are long: what is given back by the megabyte is collected late. */
const PAGE_BYTES = 512 * 1024;

/** A stretch of the temporary file: the pages of one sorted run, one after the other. */
interface Run {
  readonly from: number;
  readonly to: number;
  /** The first arrival. */
  readonly least: number;
}

interface Placed {
  readonly fix: Fix;
  readonly run: number;
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

  /** Makes a run of the fixes of a table. @throws FileError if there is no room. */
  async add(table: FixTable): Promise<void> {
    const file = (this.#file ??= await temporaryFile(this.#folder, Math.max(this.#needed, table.bytes)));
    const from = this.#size;
    const order = orderOf(table.columns.arrival.subarray(0, table.rows));
    for (let at = 0; at < order.length; at += FIXES_A_PAGE) {
      const page = encodeFixes(table, order.subarray(at, at + FIXES_A_PAGE), this.#page);
      for (let written = 0; written < page.length; ) {
        const { bytesWritten } = await FileError.attempt('write a temporary file in', this.#folder, file.write(page, written, page.length - written, this.#size + written));
        written += bytesWritten;
      }
      this.#size += page.length;
    }
    this.#runs.push({ from, to: this.#size, least: table.columns.arrival[order[0]!]! });
  }

  /** All fixes by arrival time, those of one moment in the order in which they were added. @param table what the runs were made of, for its devices */
  *merged(table: FixTable): Generator<Fix, void, undefined> {
    const sources = this.#runs.map((run, i) => ({ least: run.least, items: () => this.#read(run, i, table) }));
    const compare = (a: Placed, b: Placed) => a.fix.arrival - b.fix.arrival || a.run - b.run;
    for (const { fix } of merge(sources, ({ fix }) => fix.arrival, compare)) yield fix;
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }

  *#read({ from, to }: Run, run: number, table: FixTable): Generator<Placed, void, undefined> {
    const memory = new ArrayBuffer(PAGE_BYTES);
    for (let at = from; at < to; ) {
      const page = decodeFixes(table, memory, (bytes, place) => { this.#fill(bytes, at + place); });
      for (const fix of page.table.fixes(0, page.table.rows)) yield { fix, run };
      at += page.bytes;
    }
  }

  #fill(bytes: Buffer, from: number): void {
    for (let at = 0; at < bytes.length; ) {
      const read = readSync(this.#file!.fd, bytes, at, bytes.length - at, from + at);
      if (read === 0) throw new FileError(`a temporary file in ${this.#folder} has lost what was written: choose another folder with --tmp`);
      at += read;
    }
  }
}
