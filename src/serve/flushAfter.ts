import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { openRegular } from '../csv/openRegular.js';
import { formatInstant } from '../domain/instant.js';
import type { LogPaths } from '../log/paths.js';
import { bytesBefore } from '../lookup/bytesBefore.js';
import { formatPlace, type Place } from './Place.js';
import { readNews, type NewsRow } from './readNews.js';

/** Rows of a message from each of the files: what is more comes with the next. */
const MOST = 4096;
const LF = 10;

/** What is sent to a client: the rows between two places, or that another log has taken the place of the one before. */
export interface Message {
  readonly type: 'flush' | 'reset';
  readonly from: Place;
  readonly to: Place;
  readonly changes: readonly NewsRow[];
  readonly late: readonly NewsRow[];
  /** As it goes over the wire. */
  readonly bytes: Buffer;
  /** Whether there may be more to read at once. */
  readonly full: boolean;
}

/**
 * The message after a place: the rows that were appended since, up to another place if one is given; `reset` if
 * the place is in another log or amid a row; `undefined` if there is nothing new. Holds 4,096 rows of each file.
 *
 * @throws FileError if a file cannot be read
 */
export async function flushAfter(paths: LogPaths, from: Place, upTo?: Place): Promise<Message | undefined> {
  const late = await openRegular('read', paths.late, constants.O_RDONLY).catch(ifMissing);
  const changes = await openRegular('read', paths.changes, constants.O_RDONLY).catch(async (error: unknown) => {
    await late?.close();
    throw error;
  });
  try {
    const run = `${await inodeOf(changes)}.${late ? await inodeOf(late) : 0}`;
    if (run !== from.run || !(await isRowEnd(changes, from.changes)) || (late && !(await isRowEnd(late, from.late)))) return reset(from, { changes: 0, late: 0, run });
    const end = upTo?.run === run ? upTo : undefined;
    const news = await readNews(paths.changes, changes, from.changes, MOST, end?.changes);
    const lateNews = late ? await readNews(paths.late, late, from.late, MOST, end?.late) : { rows: [], to: 0 };
    if (news.rows.length + lateNews.rows.length === 0) return undefined;
    const to = { changes: news.to, late: lateNews.to, run };
    const arrivals = [...news.rows, ...lateNews.rows].map(({ fix }) => fix.arrival);
    const data = {
      stream_time: formatInstant(arrivals.reduce((a, b) => Math.max(a, b))),
      changes: news.rows.map(({ object }) => object),
      late: lateNews.rows.map(({ object }) => object),
    };
    const full = news.rows.length === MOST || lateNews.rows.length === MOST;
    return { type: 'flush', from, to, changes: news.rows, late: lateNews.rows, bytes: eventBytes('flush', data, to), full };
  } finally {
    await changes.close();
    await late?.close();
  }
}

function reset(from: Place, to: Place): Message {
  return { type: 'reset', from, to, changes: [], late: [], bytes: eventBytes('reset', {}, to), full: true };
}

function eventBytes(event: string, data: unknown, to: Place): Buffer {
  return Buffer.from(`event: ${event}\nid: ${formatPlace(to)}\ndata: ${JSON.stringify(data)}\n\n`);
}

async function inodeOf(file: FileHandle): Promise<string> {
  return (await file.stat()).ino.toString(36);
}

/** Whether a row, or the header, ends at a byte of a file. */
async function isRowEnd(file: FileHandle, at: number): Promise<boolean> {
  return at === 0 || (at <= (await file.stat()).size && bytesBefore(file.fd, at).at(-1) === LF);
}

/** A log by another program may have no late file. */
function ifMissing(error: unknown): undefined {
  if (((error as Error).cause as NodeJS.ErrnoException | undefined)?.code !== 'ENOENT') throw error;
}
