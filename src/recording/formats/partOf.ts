import type { FileHandle } from 'node:fs/promises';
import type { Bytes } from './Bytes.js';
import type { Part } from './Part.js';
import type { FormatRows, Source } from './Source.js';
import { spooled } from './spooled.js';

export interface PartOptions {
  /** The folder for temporary files. */
  readonly tmp: string;
  /** Where to put files that are to be closed when the part has been read. */
  readonly closing: FileHandle[];
  /** Whether a pipe is read as it comes, not to its end first. Default: false. */
  readonly inOrder?: boolean | undefined;
  /** The sheet of a workbook, by its name or its number from 1. Default: the first. */
  readonly sheet?: string | undefined;
  /** Told, in a sentence, what is in an input and is not read. */
  readonly said?: ((sentence: string) => void) | undefined;
  /** Told how many bytes have been taken from the input, as they stand there. */
  readonly taken?: ((bytes: number) => void) | undefined;
  /** Told of all bytes, unpacked, unless they are CSV. */
  readonly seen?: ((chunk: Buffer) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Bytes as what they are. */
export async function partOf(bytes: Bytes, kind: Part['kind'], options: PartOptions): Promise<Omit<Part, 'of'>> {
  const { name, handle, again, open } = bytes;
  const { taken, inOrder = false } = options;
  if (kind === 'csv') return { name, kind, csv: handle ? { file: handle, taken } : { chunks: open(taken) } };
  const asItComes = !again && (kind === 'nmea' || (kind === 'jsonl' && inOrder));
  const source = again || asItComes ? sourceOf(bytes, options) : sourceOf(await spooled(bytes, options), { ...options, taken: undefined });
  return { name, kind, rows: await rowsOf(kind, source, asItComes, options) };
}

function sourceOf(bytes: Bytes, options: PartOptions): Source {
  return {
    name: bytes.name,
    look: () => bytes.open(),
    read: () => watched(bytes.open(options.taken), options),
    file: async () => (await spooled(bytes, { ...options, taken: undefined })).handle,
  };
}

async function* watched(chunks: AsyncIterable<Buffer>, { seen, signal }: PartOptions): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    seen?.(chunk);
    yield chunk;
  }
}

/** The rows of what is no CSV. Each format is loaded only if there is any. */
async function rowsOf(kind: Exclude<Part['kind'], 'csv'>, source: Source, asItComes: boolean, options: PartOptions): Promise<FormatRows> {
  switch (kind) {
    case 'gpx':
      return (await import('./gpxRows.js')).gpxRows(source);
    case 'nmea':
      return (await import('./nmeaRows.js')).nmeaRows(source);
    case 'jsonl':
      return (await import('./jsonRows.js')).jsonRows(source, { asItComes });
    case 'parquet':
      return (await import('./parquetRows.js')).parquetRows(source);
    case 'sheet':
      return (await import('./sheetRows.js')).sheetRows(source, options);
  }
}
