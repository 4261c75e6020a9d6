import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { ifMissing } from '../csv/ifMissing.js';
import { openRegular } from '../csv/openRegular.js';
import { formatInstant } from '../domain/instant.js';
import { openTogether } from '../log/openTogether.js';
import type { LogPaths } from '../log/paths.js';
import { bytesBefore } from '../lookup/bytesBefore.js';
import type { Turns } from '../rx/Turns.js';
import { contentOf, formatPlace, type Place } from './Place.js';
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
export async function flushAfter(paths: LogPaths, from: Place, turns: Turns, upTo?: Place): Promise<Message | undefined> {
  const { opened, run } = await openTogether(paths, true, () => openFiles(paths));
  const { changes, late } = opened;
  try {
    if (!(await isIn(opened, run, from))) return reset(from, { changes: 0, late: 0, run, content: contentOf(new Uint8Array()) });
    const end = upTo?.run === run ? upTo : undefined;
    const news = await readNews(paths.changes, changes, from.changes, { most: MOST, upTo: end?.changes, turns });
    const lateNews = late ? await readNews(paths.late, late, from.late, { most: MOST, upTo: end?.late, turns }) : { rows: [], to: 0 };
    if (news.rows.length + lateNews.rows.length === 0) return undefined;
    const to = { changes: news.to, late: lateNews.to, run, content: contentBefore(opened, news.to, lateNews.to) };
    const arrivals = [...news.rows, ...lateNews.rows].map(({ fix }) => fix.arrival);
    const last = formatInstant(arrivals.reduce((a, b) => Math.max(a, b)));
    const data = `{"stream_time":"${last}","changes":[${jsonOf(news.rows)}],"late":[${jsonOf(lateNews.rows)}]}`;
    const full = news.rows.length === MOST || lateNews.rows.length === MOST;
    return { type: 'flush', from, to, changes: news.rows, late: lateNews.rows, bytes: eventBytes('flush', data, to), full };
  } finally {
    await opened.close();
  }
}

interface Files {
  readonly changes: FileHandle;
  readonly late: FileHandle | undefined;
  readonly close: () => Promise<void>;
}

async function openFiles(paths: LogPaths): Promise<Files> {
  const late = await openRegular('read', paths.late, constants.O_RDONLY).catch(ifMissing);
  const changes = await openRegular('read', paths.changes, constants.O_RDONLY).catch(async (error: unknown) => {
    await late?.close();
    throw error;
  });
  return {
    changes,
    late,
    close: async () => {
      await changes.close();
      await late?.close();
    },
  };
}

/** Whether a place is in these files, of this run, and where rows end. */
async function isIn(files: Files, run: string, place: Place): Promise<boolean> {
  const { changes, late } = files;
  if (run !== place.run || !(await isRowEnd(changes, place.changes)) || (late && !(await isRowEnd(late, place.late)))) return false;
  return contentBefore(files, place.changes, place.late) === place.content;
}

function contentBefore({ changes, late }: Files, to: number, lateTo: number): number {
  return contentOf(bytesBefore(changes.fd, to), late && bytesBefore(late.fd, lateTo));
}

function jsonOf(rows: readonly NewsRow[]): string {
  return rows.map(({ json }) => json).join();
}

function reset(from: Place, to: Place): Message {
  return { type: 'reset', from, to, changes: [], late: [], bytes: eventBytes('reset', '{}', to), full: true };
}

function eventBytes(event: string, data: string, to: Place): Buffer {
  return Buffer.from(`event: ${event}\nid: ${formatPlace(to)}\ndata: ${data}\n\n`);
}

/** Whether a row, or the header, ends at a byte of a file. */
async function isRowEnd(file: FileHandle, at: number): Promise<boolean> {
  return at === 0 || (at <= (await file.stat()).size && bytesBefore(file.fd, at).at(-1) === LF);
}
