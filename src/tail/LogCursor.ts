import { crc32 } from 'node:zlib';
import type { Cursor } from '../domain/Appended.js';
import type { LogPlace } from '../lookup/IndexedCsv.js';

/** What a cursor in a log and its late file says: where a row ends in each, in bytes, and which files they are. */
export interface LogCursor {
  readonly changes: number;
  readonly late: number;
  /** As of `whichRun`. */
  readonly run: string;
  /** The bytes before both, as of `contentOf`. */
  readonly content: number;
}

const NOTHING = new Uint8Array();
const CURSOR = /^(\d{1,15})-(\d{1,15})-([0-9a-z.]{1,32})(?:-([0-9a-z]{1,7}))?$/;

/** The end of a log as far as it was read, and of its late file. */
export function endOf({ run, places: [changes, late] }: { readonly run: string; readonly places: readonly LogPlace[] }): Cursor {
  return formatCursor({ changes: changes!.to, late: late?.to ?? 0, run, content: contentOf(changes!.before, late?.before) });
}

/**
 * A number by which the bytes before a cursor in either file are known again: should another log be written over this
 * one, or take its place unseen.
 */
export function contentOf(changes: Uint8Array, late: Uint8Array = NOTHING): number {
  return crc32(Buffer.concat([changes, late])); // going on with the CRC of one by none of the other would begin anew
}

export function formatCursor({ changes, late, run, content }: LogCursor): Cursor {
  return `${changes}-${late}-${run}-${content.toString(36)}`;
}

/** What a cursor says; `undefined` if it is not one. One of an earlier version is a place in no log. */
export function parseCursor(cursor: Cursor): LogCursor | undefined {
  const [all, changes, late, run, content = ''] = CURSOR.exec(cursor) ?? [];
  return all === undefined ? undefined : { changes: Number(changes), late: Number(late), run: run!, content: parseInt(content, 36) };
}
