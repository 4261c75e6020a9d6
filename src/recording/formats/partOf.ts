import type { Bytes } from './Bytes.js';
import type { Part } from './Part.js';
import type { PartOptions } from './PartOptions.js';
import type { FormatRows, Source } from './Source.js';
import { spooled } from './spooled.js';

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
      return (await import('./nmeaRows.js')).nmeaRows(source, options.encoding);
    case 'jsonl':
      return (await import('./jsonRows.js')).jsonRows(source, { asItComes, encoding: options.encoding });
    case 'parquet':
      return (await import('./parquetRows.js')).parquetRows(source);
    case 'sheet':
      return (await import('./sheetRows.js')).sheetRows(source, options);
  }
}
