import { constants } from 'node:fs';
import { stat, type FileHandle } from 'node:fs/promises';
import { FileError } from '../csv/FileError.js';
import { openRegular } from '../csv/openRegular.js';
import { readHeader } from '../csv/readHeader.js';
import { findLogColumns } from '../domain/findLogColumns.js';
import { bytesBefore } from './bytesBefore.js';
import { crcOf } from './crcOf.js';
import { IndexedCsv } from './IndexedCsv.js';
import type { IndexFile } from './IndexFile.js';
import { indexRows } from './indexRows.js';
import { indexPath, openIndex, openIndexToUpdate, type UpdatedIndex } from './openIndex.js';
import { HeldPages } from './Pages.js';
import { noReads, type Reads } from './Reads.js';
import { Segment } from './Segment.js';
import { FULL } from './SegmentBuilder.js';

/** Up to this many bytes without an index are read by each question, which takes some 10 ms. */
const SHORT = 512 * 1024;
/** A segment that is not full is made anew, together with what follows it, unless it is so many times as long. */
const TIER = 4;

export interface OpenIndexedOptions {
  /** Leave aside what index there is, and make another: it turned out damaged. Default: false. */
  readonly anew?: boolean;
  /** Counts what is read. */
  readonly reads?: Reads | undefined;
  /** Called with the bytes read and the size, while an index that is not up to date is brought up to date. */
  readonly progress?: ((read: number, size: number) => void) | undefined;
  /** Ends the reading with an `AbortError`. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens a log or late file, with an index of all whole rows that it has now.
 *
 * The index beside it is used as far as it goes with the file: if the file is not in the state that is stamped
 * there, its bytes are compared, by their CRC-32. What is missing is read from the file, and added to the index
 * if nobody else is writing that, and it can be written; otherwise it is held, 24 bytes a row.
 *
 * @throws FileError as `openCsv` does, or for a row that is not a fix.
 */
export async function openIndexed(
  path: string,
  { anew = false, reads = noReads(), progress = () => undefined, signal }: OpenIndexedOptions = {},
): Promise<IndexedCsv> {
  await checkRegular(path);
  const file = await openRegular('read', path, constants.O_RDONLY);
  let index: IndexFile | undefined;
  try {
    const columns = await readHeader(path, findLogColumns, { file, wholeLinesOnly: true, signal });
    const { size } = await file.stat();
    index = openIndex(indexPath(path), reads, file.fd);
    let isOf = index?.isOf(file.fd);
    let updating: UpdatedIndex | undefined;
    if (anew || !isOf || size - endOf(index?.segments ?? []) > SHORT) {
      updating = await openIndexToUpdate(indexPath(path), file.fd, reads);
      if (updating) {
        index?.close();
        ({ index, isOf } = updating);
      }
    }
    let segments = anew ? [] : (index?.segments ?? []);
    if (!isOf) segments = segments.slice(0, await matching(segments, file, reads));
    const update = <T>(work: (index: IndexFile) => T): T | undefined => {
      try {
        return updating && work(updating.index);
      } catch {
        updating = undefined; // the disk is full, for one: what cannot be written is held
        return undefined;
      }
    };
    if (updating) segments = segments.slice(0, large(segments, size));
    update((index) => {
      index.keep(segments.length);
    });
    const from = endOf(segments);
    const read = (rows: number, to: number) => {
      reads.scanned += rows;
      progress(to, size);
    };
    for await (const bytes of indexRows({ path, file, columns, from, crc: segments.at(-1)?.crc ?? 0, read, signal })) {
      segments = [...segments, update((index) => index.append(bytes)) ?? new Segment(new HeldPages(Buffer.from(bytes)), 0)];
    }
    reads.scannedBytes += endOf(segments) - from;
    const state = updating?.state;
    if (state)
      update((index) => {
        index.stamp(state);
      });
    index?.release();
    return new IndexedCsv({
      segments,
      columns,
      file,
      place: { to: endOf(segments), before: bytesBefore(file.fd, endOf(segments)) },
      index,
      reads,
    });
  } catch (error) {
    index?.close();
    await file.close();
    throw error;
  }
}

/** A folder holds no rows, and a pipe can be read only once, and from its start: one would wait for it for ever. */
async function checkRegular(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) throw new FileError(`cannot read ${path}: it is a folder (name a file in it)`);
  if (found && !found.isFile()) throw new FileError(`${path} is not a regular file: save it as one, and ask that`);
}

/** Where the rows of segments end in the file. */
function endOf(segments: readonly Segment[]): number {
  return segments.at(-1)?.to ?? 0;
}

/** How many of the segments, from the first on, have what the file has. */
async function matching(segments: readonly Segment[], file: FileHandle, reads: Reads): Promise<number> {
  let crc = 0;
  let end = 0;
  for (const [i, segment] of segments.entries()) {
    crc = await crcOf(file, end, segment.to, crc);
    reads.verifiedBytes += segment.to - end;
    end = segment.to;
    if (crc !== segment.crc) return i;
  }
  return segments.length;
}

/** How many of the segments, from the first on, are full or long enough to be left as they are. */
function large(segments: readonly Segment[], size: number): number {
  let count = segments.length;
  for (; count > 0; count--) {
    const { rows, from, to } = segments[count - 1]!;
    if (rows >= FULL || to - from >= TIER * (size - to)) break;
  }
  return count;
}
