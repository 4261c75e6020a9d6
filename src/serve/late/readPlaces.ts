import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { viewed } from '../../csv/copyBytes.js';
import { openRegular } from '../../csv/openRegular.js';
import { isPlain } from '../../csv/plainRows.js';
import { readBlocks } from '../../csv/readBlocks.js';
import { readHeader } from '../../csv/readHeader.js';
import { findLogColumns } from '../../domain/findLogColumns.js';
import type { Turns } from '../../rx/Turns.js';
import { MAX_ROWS } from '../../tail/appendedAfter.js';
import { readAppended } from '../../tail/readAppended.js';
import type { PlaceColumns } from './PlaceColumns.js';
import { PlaceScanner } from './PlaceScanner.js';

const LF = 10;
/** How many bytes are read in a turn: some 600 rows. */
const BLOCK = 64 * 1024;

export interface ReadPlacesOptions {
  /** From this byte on, where a row starts; up to this one, where one ends. */
  readonly from: number;
  readonly to: number;
  /** Lets others have their turn between blocks. */
  readonly turns: Turns;
}

/** The columns into which places were read, and the byte up to which they were. */
export interface PlacesRead {
  readonly places: PlaceColumns;
  readonly to: number;
}

/**
 * Reads the places of the late fixes in a late file into columns, one block after the other.
 * Rows that lastfix usually writes are read as bytes; others, and those near a quote, are read as rows.
 *
 * Holds a few blocks of 64 KiB, or 4,096 rows. @throws FileError if the file cannot be read, or for a row that is not a fix
 */
export async function* readPlaces(
  path: string,
  places: PlaceColumns,
  { from, to, turns }: ReadPlacesOptions,
): AsyncGenerator<PlacesRead, void, undefined> {
  if (to <= from) return;
  const file = await openRegular('read', path, constants.O_RDONLY);
  try {
    const scanner = PlaceScanner.of(await readHeader(path, findLogColumns, { file, wholeLinesOnly: true }));
    for (let at = from; at < to; ) {
      if (scanner) for await (at of usualRows(path, file, scanner, places, { from: at, to, turns })) yield { places, to: at };
      const read = await readAppended(path, file, at, { max: MAX_ROWS, upTo: to, turns });
      if (read.to === at) return;
      places.addRows(read.rows);
      at = read.to;
      yield { places, to: at };
    }
  } finally {
    await file.close();
  }
}

/** Reads rows up to one that the scanner leaves, or a block with a quote in it. */
async function* usualRows(
  path: string,
  file: FileHandle,
  scanner: PlaceScanner,
  places: PlaceColumns,
  { from, to, turns }: ReadPlacesOptions,
): AsyncGenerator<number, void, undefined> {
  for await (const block of readBlocks(path, { file, start: from, blockSize: BLOCK, wholeLinesOnly: true })) {
    if (block.start >= to || !isPlain(block)) return;
    const end = Math.min(block.bytes.length, to - block.start);
    const first = block.start === 0 ? block.bytes.indexOf(LF) + 1 : 0; // behind the header
    const next = scanner.scan(viewed(block.bytes), first, end, places);
    yield block.start + next;
    if (next < end) return;
    await turns.next();
  }
}
