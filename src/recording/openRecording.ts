import { createHash } from 'node:crypto';
import { FileError } from '../csv/FileError.js';
import { openCsv } from '../csv/openCsv.js';
import { findColumns, type ColumnNames } from '../domain/columns.js';
import { isRejected, parseFix, type Fix, type ParseFixOptions, type Rejected } from '../domain/fix.js';
import type { Instant } from '../domain/instant.js';

const FIXES_A_BATCH = 1024;

/** A recording in arrival order. */
export interface Recording {
  readonly path: string;
  /** What the file is, by its bytes: how many there are, and their SHA-256 in hexadecimal. */
  readonly content: { readonly bytes: number; readonly sha256: string };
  /** The names of the further columns. */
  readonly further: readonly string[];
  /** How many rows there are: fixes and rejected. */
  readonly rows: number;
  readonly rejected: readonly Rejected[];
  /** The first and the last arrival time; `undefined` if there is no fix. */
  readonly span: { readonly first: Instant; readonly last: Instant } | undefined;
  /** The fixes by arrival time, then position in the file, 1,024 at a time. */
  readonly batches: AsyncIterable<readonly Fix[]>;
}

export interface OpenRecordingOptions extends ParseFixOptions {
  /** Under which names the columns are to be found. Default: `RECORDING_COLUMNS`. */
  readonly columns?: ColumnNames;
  /** Let the first rejected row be an error. Default: false. */
  readonly strict?: boolean;
  /** Told of every batch of rows as it is read. */
  readonly read?: (rows: number) => void;
  /** Ends the reading with an `AbortError`. */
  readonly signal?: AbortSignal;
}

/**
 * Reads a whole recording and sorts it: a CSV of fixes in any order.
 *
 * Holds all of it, about 380 bytes a row of the default columns, until it is no longer used.
 *
 * @throws FileError as `openCsv` does, if a column is missing or stands twice, and with `strict` for the
 * first row that is no fix.
 */
export async function openRecording(path: string, options: OpenRecordingOptions = {}): Promise<Recording> {
  const hash = createHash('sha256');
  let bytes = 0;
  const seen = (chunk: Buffer) => {
    hash.update(chunk);
    bytes += chunk.length;
  };
  const { header: columns, batches } = await openCsv(path, (header) => findColumns(header, options.columns), { seen, signal: options.signal });
  const fixes: Fix[] = [];
  const rejected: Rejected[] = [];
  const reading = { ...options, devices: new Map<string, string>() };
  for await (const rows of batches) {
    for (const row of rows) {
      const parsed = parseFix(row, columns, reading);
      if (!isRejected(parsed)) fixes.push(parsed);
      else if (options.strict) throw new FileError(`${path}:${parsed.line}: ${parsed.reason}`);
      else rejected.push(parsed);
    }
    options.read?.(fixes.length + rejected.length);
  }
  fixes.sort((a, b) => a.arrival - b.arrival); // stable: equal arrivals stay in the order of the file
  const [first, last] = [fixes.at(0), fixes.at(-1)];
  return {
    path,
    content: { bytes, sha256: hash.digest('hex') },
    further: columns.further.map(({ name }) => name),
    rows: fixes.length + rejected.length,
    rejected,
    span: first && last && { first: first.arrival, last: last.arrival },
    batches: inBatches(fixes),
  };
}

/** Batches that each iteration gets from the start. */
function inBatches(fixes: readonly Fix[]): AsyncIterable<readonly Fix[]> {
  return {
    [Symbol.asyncIterator]: () => {
      let at = 0;
      return {
        next: () => {
          const value = fixes.slice(at, (at += FIXES_A_BATCH));
          return Promise.resolve(value.length > 0 ? { value } : { done: true, value: undefined });
        },
      };
    },
  };
}
