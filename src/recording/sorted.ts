import { tmpdir } from 'node:os';
import { FileError } from '../csv/FileError.js';
import type { Fix } from '../domain/fix.js';
import { orderOf } from '../domain/orderOf.js';
import { Arrivals } from './Arrivals.js';
import { contentOf } from './contentOf.js';
import type { FixTable } from './FixTable.js';
import { readInputs, type Input } from './readInputs.js';
import type { OpenRecordingOptions, Recording } from './Recording.js';
import { RejectedRows } from './RejectedRows.js';
import { SortedRuns } from './SortedRuns.js';
import { FIXES_A_BATCH, takeBatches } from './takeBatches.js';

/** So many bytes of fixes are sorted in memory: some two million of six columns. */
const MEMORY = 128 * 1024 * 1024;

/**
 * Reads all of a recording, and sorts it by arrival time, then position.
 *
 * @param size of all inputs, in bytes
 * @param again whether they can be read once more, so that they need not be kept as long as they are in order
 * @returns `undefined` if they turned out not to be, after some had not been kept
 */
export async function sorted(inputs: readonly Input[], size: number, again: boolean, options: OpenRecordingOptions): Promise<Recording | undefined> {
  const { tmp = tmpdir(), memory = MEMORY, read, ...reading } = options;
  const { seen, content } = contentOf();
  const rejected = new RejectedRows(tmp);
  const runs = new SortedRuns(tmp, size);
  const arrivals = new Arrivals();
  const close = async () => {
    await runs.close();
    await rejected.close();
  };
  let table: FixTable | undefined;
  let [dropped, spilled, followed] = [false, false, 0];
  try {
    for await (table of readInputs(inputs, { ...reading, seen, room: Math.min(size, memory), rejected: (row, fault) => { rejected.add(row, fault); } })) {
      arrivals.follow(table, followed);
      followed = table.rows;
      await rejected.settle();
      read?.(arrivals.fixes + rejected.count);
      if (dropped && arrivals.outOfOrder > 0) {
        await close();
        return undefined;
      }
      if (table.bytes < memory) continue;
      if (again && !spilled && arrivals.outOfOrder === 0) dropped = true;
      else {
        await runs.add(table);
        spilled = true;
      }
      table.clear();
      followed = 0;
    }
    if (spilled && table!.rows > 0) await runs.add(table!);
    if (spilled || dropped) table!.release();
  } catch (error) {
    await close();
    throw error;
  }
  const fixes = table!;
  const made = content();
  return {
    inputs: inputs.map(({ name }) => name),
    content: made,
    further: fixes.further,
    rows: arrivals.fixes + rejected.count,
    rejected,
    span: arrivals.span,
    first: () => Promise.resolve(arrivals.span?.first),
    outOfOrder: 0,
    misplaced: arrivals.outOfOrder,
    batches: dropped ? { [Symbol.asyncIterator]: () => readAgain(inputs, made.sha256, options) } : inBatches(() => (spilled ? runs.merged(fixes) : inMemory(fixes, arrivals.outOfOrder === 0))),
    close,
  };
}

/** The fixes of inputs that are in arrival order, read once more. @throws FileError if they are not what they were. */
async function* readAgain(inputs: readonly Input[], sha256: string, { columns, maxClockAhead, signal }: OpenRecordingOptions): AsyncGenerator<readonly Fix[], void, undefined> {
  const { seen, content } = contentOf();
  for await (const table of readInputs(inputs, { columns, maxClockAhead, signal, seen })) yield* takeBatches(table);
  if (content().sha256 !== sha256) throw new FileError(`${inputs.map(({ name }) => name).join(', ')} changed while it was played: play it again when nothing writes to it`);
}

function* inMemory(table: FixTable, inOrder: boolean): Generator<Fix, void, undefined> {
  if (inOrder) for (let row = 0; row < table.rows; row++) yield table.fix(row);
  else for (const row of orderOf(table.columns.arrival.subarray(0, table.rows))) yield table.fix(row);
}

/** Batches that each iteration gets from the start. */
function inBatches(fixes: () => Iterator<Fix, void>): AsyncIterable<readonly Fix[]> {
  return {
    [Symbol.asyncIterator]: () => {
      const from = fixes();
      return {
        next: () => {
          const value: Fix[] = [];
          for (let next = from.next(); !next.done; next = from.next()) if (value.push(next.value) === FIXES_A_BATCH) break;
          return Promise.resolve(value.length > 0 ? { value } : { done: true, value: undefined });
        },
      };
    },
  };
}
