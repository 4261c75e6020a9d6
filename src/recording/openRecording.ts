import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { FileError } from '../csv/FileError.js';
import type { Fix } from '../domain/fix.js';
import type { Instant } from '../domain/instant.js';
import { orderOf } from '../domain/orderOf.js';
import { Arrivals } from './Arrivals.js';
import type { FixTable } from './FixTable.js';
import { readInputs, type Input, type ReadInputsOptions } from './readInputs.js';
import { RejectedRows } from './RejectedRows.js';
import { SortedRuns } from './SortedRuns.js';

const FIXES_A_BATCH = 1024;
/** So many bytes of fixes are sorted in memory: some two million of six columns. */
const MEMORY = 128 * 1024 * 1024;

/** A recording in arrival order. */
export interface Recording {
  /** What it was read from. */
  readonly inputs: readonly string[];
  /** What it is, by the bytes of its inputs: how many there are, and their SHA-256 in hexadecimal. `undefined` while it is streamed. */
  readonly content: { readonly bytes: number; readonly sha256: string } | undefined;
  /** The names of the further columns. */
  readonly further: readonly string[];
  /** How many rows there are, fixes and rejected: so far, if it is streamed. */
  readonly rows: number;
  /** The rows that are no fixes: so far, if it is streamed. */
  readonly rejected: RejectedRows;
  /** The first and the last arrival time; `undefined` if there is no fix, or while it is streamed. */
  readonly span: { readonly first: Instant; readonly last: Instant } | undefined;
  /** How many fixes of a streamed one arrived before the one above them, and were not sorted. */
  readonly outOfOrder: number;
  /** The fixes by arrival time, then position in the inputs, 1,024 at a time; as they stand there, if it is streamed. */
  readonly batches: AsyncIterable<readonly Fix[]>;
  /** Lets go of its files. */
  close(): Promise<void>;
}

export interface OpenRecordingOptions extends Omit<ReadInputsOptions, 'rejected' | 'seen' | 'room'> {
  /** Stream it as it is read, without waiting for its end: it is in arrival order, and is not sorted. Default: false. */
  readonly inOrder?: boolean;
  /** The folder for temporary files. Default: the system's. */
  readonly tmp?: string;
  /** How many bytes of fixes to sort in memory; what is more is sorted on disk. Default: 128 MiB. */
  readonly memory?: number;
  /** Told of every batch of rows as it is read. */
  readonly read?: (rows: number) => void;
}

/**
 * Opens a recording: CSV files of fixes in any order, of any size, one after the other.
 *
 * Reads all of it and sorts it. What fits into 128 MiB is held (24 bytes a fix and the text of its measures); what
 * is more is sorted in runs in a temporary file, and merged. If all of it turns out to be in arrival order
 * already, nothing is kept, and it is read once more while it is played. With `inOrder` it is streamed from its
 * first block on, as it comes.
 *
 * @throws FileError as `readInputs` does, or if there is no room for temporary files.
 */
export async function openRecording(input: string | readonly Input[], options: OpenRecordingOptions = {}): Promise<Recording> {
  const inputs = typeof input === 'string' ? [{ name: input }] : input;
  if (options.inOrder) return streamed(inputs, options);
  const sizes = await Promise.all(inputs.map(async ({ name, chunks }) => (chunks ? undefined : stat(name).catch(() => undefined))));
  const again = sizes.every((found) => found?.isFile());
  const size = sizes.reduce((sum, found) => sum + (found?.size ?? 0), 0);
  return (await sorted(inputs, size, again, options)) ?? (await sorted(inputs, size, false, options))!;
}

/**
 * @param size of all inputs, in bytes
 * @param again whether they can be read once more, so that they need not be kept as long as they are in order
 * @returns `undefined` if they turned out not to be, after some had not been kept
 */
async function sorted(inputs: readonly Input[], size: number, again: boolean, options: OpenRecordingOptions): Promise<Recording | undefined> {
  const { tmp = tmpdir(), memory = MEMORY, read, ...reading } = options;
  const { seen, content } = contentOf();
  const rejected = new RejectedRows(tmp);
  const runs = new SortedRuns(tmp, size);
  const arrivals = new Arrivals();
  const close = async () => {
    await runs.close();
    await rejected.close();
  };
  let table: FixTable | undefined;
  let [dropped, spilled, followed] = [false, false, 0];
  try {
    for await (table of readInputs(inputs, { ...reading, seen, room: Math.min(size, memory), rejected: (row) => { rejected.add(row); } })) {
      arrivals.follow(table, followed);
      followed = table.rows;
      await rejected.settle();
      read?.(arrivals.fixes + rejected.count);
      if (dropped && arrivals.outOfOrder > 0) {
        await close();
        return undefined;
      }
      if (table.bytes < memory) continue;
      if (again && !spilled && arrivals.outOfOrder === 0) dropped = true;
      else {
        await runs.add(table);
        spilled = true;
      }
      table.clear();
      followed = 0;
    }
    if (spilled && table!.rows > 0) await runs.add(table!);
    if (spilled || dropped) table!.release();
  } catch (error) {
    await close();
    throw error;
  }
  const fixes = table!;
  const made = content();
  return {
    inputs: inputs.map(({ name }) => name),
    content: made,
    further: fixes.further,
    rows: arrivals.fixes + rejected.count,
    rejected,
    span: arrivals.span,
    outOfOrder: 0,
    batches: dropped ? { [Symbol.asyncIterator]: () => readAgain(inputs, made.sha256, options) } : inBatches(() => (spilled ? runs.merged(fixes) : inMemory(fixes, arrivals.outOfOrder === 0))),
    close,
  };
}

async function streamed(inputs: readonly Input[], { tmp = tmpdir(), read, ...reading }: OpenRecordingOptions): Promise<Recording> {
  const rejected = new RejectedRows(tmp);
  const arrivals = new Arrivals();
  const tables = readInputs(inputs, { ...reading, rejected: (row) => { rejected.add(row); } });
  const first = await tables.next();
  async function* batches() {
    for (let next = first; !next.done; next = await tables.next()) {
      const table = next.value;
      arrivals.follow(table, 0);
      read?.(arrivals.fixes + rejected.count);
      yield* tableBatches(table);
      await rejected.settle();
    }
  }
  return {
    inputs: inputs.map(({ name }) => name),
    content: undefined,
    further: first.value!.further,
    get rows() {
      return arrivals.fixes + rejected.count;
    },
    rejected,
    span: undefined,
    get outOfOrder() {
      return arrivals.outOfOrder;
    },
    batches: { [Symbol.asyncIterator]: batches },
    close: async () => {
      await tables.return();
      await rejected.close();
    },
  };
}

/** The fixes of inputs that are in arrival order, read once more. @throws FileError if they are not what they were. */
async function* readAgain(inputs: readonly Input[], sha256: string, { columns, maxClockAhead, signal }: OpenRecordingOptions): AsyncGenerator<readonly Fix[], void, undefined> {
  const { seen, content } = contentOf();
  for await (const table of readInputs(inputs, { columns, maxClockAhead, signal, seen })) yield* tableBatches(table);
  if (content().sha256 !== sha256) throw new FileError(`${inputs.map(({ name }) => name).join(', ')} changed while it was played: play it again when nothing writes to it`);
}

/** Takes the fixes out of a table, in its order; a table of none gives an empty batch. */
function* tableBatches(table: FixTable): Generator<readonly Fix[], void, undefined> {
  const { rows } = table;
  for (let at = 0; at === 0 || at < rows; at += FIXES_A_BATCH) {
    yield Array.from({ length: Math.min(FIXES_A_BATCH, rows - at) }, (_, i) => table.fix(at + i));
  }
  table.clear();
}

function* inMemory(table: FixTable, inOrder: boolean): Generator<Fix, void, undefined> {
  if (inOrder) for (let row = 0; row < table.rows; row++) yield table.fix(row);
  else for (const row of orderOf(table.columns.arrival.subarray(0, table.rows))) yield table.fix(row);
}

/** Batches that each iteration gets from the start. */
function inBatches(fixes: () => Iterator<Fix, void>): AsyncIterable<readonly Fix[]> {
  return {
    [Symbol.asyncIterator]: () => {
      const from = fixes();
      return {
        next: () => {
          const value: Fix[] = [];
          for (let next = from.next(); !next.done; next = from.next()) if (value.push(next.value) === FIXES_A_BATCH) break;
          return Promise.resolve(value.length > 0 ? { value } : { done: true, value: undefined });
        },
      };
    },
  };
}

function contentOf() {
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    seen: (chunk: Buffer) => {
      hash.update(chunk);
      bytes += chunk.length;
    },
    content: () => ({ bytes, sha256: hash.digest('hex') }),
  };
}
