import { crc32 } from 'node:zlib';
import type { History } from '../history/History.js';

/** A place in a log and its late file, both where a row ends, in bytes; and which files they are. */
export interface Place {
  readonly changes: number;
  readonly late: number;
  /** As of `whichRun`. */
  readonly run: string;
  /** What is before both, as of `contentOf`. */
  readonly content: number;
}

const NOTHING = new Uint8Array();
const PLACE = /^(\d{1,15})-(\d{1,15})-([0-9a-z.]{1,32})(?:-([0-9a-z]{1,7}))?$/;

/** The end of a log as far as it was read to be asked, and of its late file. */
export function endOf({ run, places: [changes, late] }: Pick<History, 'run' | 'places'>): Place {
  return { changes: changes!.to, late: late?.to ?? 0, run, content: contentOf(changes!.before, late?.before) };
}

/** A number by which the bytes before a place in either file are known again: should another log be written over this one, or take its place unseen. */
export function contentOf(changes: Uint8Array, late: Uint8Array = NOTHING): number {
  return crc32(Buffer.concat([changes, late])); // going on with the CRC of one by none of the other would begin anew
}

/** A place as the id of an event. */
export function formatPlace({ changes, late, run, content }: Place): string {
  return `${changes}-${late}-${run}-${content.toString(36)}`;
}

/** The place that an id names; `undefined` if it is no id. One that an earlier version gave is a place in no log. */
export function parsePlace(id: string): Place | undefined {
  const [all, changes, late, run, content = ''] = PLACE.exec(id) ?? [];
  return all === undefined ? undefined : { changes: Number(changes), late: Number(late), run: run!, content: parseInt(content, 36) };
}

export function isSamePlace(a: Place, b: Place): boolean {
  return a.changes === b.changes && a.late === b.late && a.run === b.run && a.content === b.content;
}
