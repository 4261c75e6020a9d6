import { isUtf8 } from 'node:buffer';
import type { Instant } from '../domain/instant.js';
import { PLACES } from '../domain/PLACES.js';
import type { RejectedRow } from '../store/RejectedRow.js';
import type { StoreRow } from '../store/StoreRow.js';
import type { Line } from '../stream/Line.js';
import { parseMessage } from '../stream/parseMessage.js';
import type { PartitionTicks } from '../stream/PartitionTicks.js';
import type { PlainRow } from './PlainRow.js';
import type { Portion } from './Portion.js';
import type { StreamMessage } from './ReadStream.js';
import { storeRowOf } from './storeRowOf.js';
import { unstorable, UNSTORABLE } from './unstorable.js';

/** How many lines a message has at most, so that each has a place of its own. */
export const MOST_LINES = 1000;
const LF = 10;

/** The numbers of sources in the store. */
export interface SourceNumbers {
  /** Of what the message says that it comes from, if it says so. */
  readonly said: number | undefined;
  /** Of the stream itself, for what says no place. */
  readonly stream: number;
}

/**
 * What a message brings: its fixes as rows of a store, what is not a fix, and what it promises. A fix has the place that its line
 * says, in the source that its message says; otherwise it is the stream's, by message and line.
 *
 * @param ticks what those who publish into its partition promise
 * @param plain reads the usual lines; `undefined` to read every line by the general parser
 */
export function portionOf(message: StreamMessage, sources: SourceNumbers, ticks: PartitionTicks, plain?: PlainRow): Portion {
  const { seq, time, data, pending, publisher } = message;
  const rows: StoreRow[] = [];
  const lines: number[] = [];
  const rejected: RejectedRow[] = [];
  const columns = new Set<string>();
  let until: Instant | undefined;
  const reject = (line: number, reason: string, record: Uint8Array) => {
    rejected.push({ source: sources.stream, seq, line, reason: storable(reason), record });
  };
  const places = sources.said === undefined ? undefined : sources.said * PLACES;
  const ownPlaces = sources.stream * PLACES + ((seq * MOST_LINES) % PLACES) - 1;
  const placeOf = (said: number | undefined, line: number) =>
    said === undefined || places === undefined ? ownPlaces + line : places + said;
  const take = (said: Line, line: number) => {
    if (said.kind === 'tick') {
      until = ticks.take({ arrival: said.arrival, ends: said.ends, publisher, stored: time }) ?? until;
    } else if (said.kind === 'rejected') {
      const { reason, record, from } = said;
      if (from && sources.said !== undefined) rejected.push({ source: sources.said, ...from, reason: storable(reason), record });
      else reject(line, reason, record);
    } else {
      const fault = line > MOST_LINES ? `the message has more than ${MOST_LINES} lines` : unstorable(said.fix);
      if (fault !== undefined) {
        reject(line, fault, Buffer.from(JSON.stringify(said.fix)));
        return;
      }
      rows.push(storeRowOf(said.fix, time, placeOf(said.fix.seq, line)));
      lines.push(line);
      for (const name in said.fix.extra) columns.add(name);
    }
  };
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const reader = isUtf8(bytes) ? plain : undefined;
  for (let from = 0, line = 1; from < bytes.length; line++) {
    const end = bytes.indexOf(LF, from);
    const to = end < 0 ? bytes.length : end;
    const row = line > MOST_LINES ? undefined : reader?.read(bytes, from, to, places);
    if (row) {
      rows.push(row);
      lines.push(line);
    } else for (const said of parseMessage(bytes.subarray(from, to), time)) take(said, line);
    from = to + 1;
  }
  return { source: sources.stream, seq, stamp: time, behind: pending, rows, lines, rejected, until, columns: [...columns] };
}

/** A text as PostgreSQL can keep it. */
function storable(text: string): string {
  return text.replaceAll(UNSTORABLE, '\ufffd');
}
