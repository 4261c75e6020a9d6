import type { Instant } from '../domain/instant.js';
import type { RejectedRow } from '../store/RejectedRow.js';
import type { StoreRow } from '../store/StoreRow.js';
import { parseMessage } from '../stream/parseMessage.js';
import type { PartitionTicks } from '../stream/PartitionTicks.js';
import type { Portion } from './Portion.js';
import type { StreamMessage } from './ReadStream.js';
import { storeRowOf } from './storeRowOf.js';
import { unstorable, UNSTORABLE } from './unstorable.js';

/** How many lines a message has at most, so that each has a place of its own. */
export const MOST_LINES = 1000;
/** How many places a source has. */
export const PLACES = 2 ** 40;

/** The numbers of sources in the store. */
export interface SourceNumbers {
  /** Of what the message says that it comes from, if it says so. */
  readonly said: number | undefined;
  /** Of the stream itself, for what says no place. */
  readonly stream: number;
}

/**
 * What a message brings: its fixes as rows of a store, what is no fix, and what it promises. A fix has the place that its line
 * says, in the source that its message says; otherwise it is the stream's, by message and line.
 *
 * @param ticks what those who publish into its partition promise
 */
export function portionOf({ seq, time, data, pending, publisher }: StreamMessage, sources: SourceNumbers, ticks: PartitionTicks): Portion {
  const rows: StoreRow[] = [];
  const lines: number[] = [];
  const rejected: RejectedRow[] = [];
  const columns = new Set<string>();
  let until: Instant | undefined;
  const reject = (line: number, reason: string, record: Uint8Array) => {
    rejected.push({ source: sources.stream, seq, line, reason: storable(reason), record });
  };
  const placeOf = (said: number | undefined, line: number) =>
    said === undefined || sources.said === undefined
      ? sources.stream * PLACES + ((seq * MOST_LINES) % PLACES) + line - 1
      : sources.said * PLACES + said;
  for (const said of parseMessage(data, time)) {
    const { line } = said;
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
        continue;
      }
      rows.push(storeRowOf(said.fix, time, placeOf(said.fix.seq, line)));
      lines.push(line);
      for (const name in said.fix.extra) columns.add(name);
    }
  }
  return { source: sources.stream, seq, stamp: time, behind: pending, rows, lines, rejected, until, columns: [...columns] };
}

/** A text as PostgreSQL can keep it. */
function storable(text: string): string {
  return text.replaceAll(UNSTORABLE, '\ufffd');
}
