import { tmpdir } from 'node:os';
import { Arrivals } from './Arrivals.js';
import { readInputs, type Input } from './readInputs.js';
import type { OpenRecordingOptions, Recording } from './Recording.js';
import { RejectedRows } from './RejectedRows.js';
import { takeBatches } from './takeBatches.js';

/** Reads the first block of a recording that is in arrival order, and the others as they are asked for. */
export async function streamed(inputs: readonly Input[], { tmp = tmpdir(), read, ...reading }: OpenRecordingOptions): Promise<Recording> {
  const rejected = new RejectedRows(tmp);
  const arrivals = new Arrivals();
  const tables = readInputs(inputs, { ...reading, rejected: (row, fault) => { rejected.add(row, fault); } });
  let next = await tables.next();
  async function* batches() {
    for (; !next.done; next = await tables.next()) {
      const table = next.value;
      arrivals.follow(table, 0);
      read?.(arrivals.fixes + rejected.count);
      yield* takeBatches(table);
      await rejected.settle();
    }
  }
  return {
    inputs: inputs.map(({ name }) => name),
    content: undefined,
    further: next.value!.further,
    get rows() {
      return arrivals.fixes + rejected.count;
    },
    rejected,
    span: undefined,
    first: async () => {
      for (; !next.done && next.value.rows === 0; next = await tables.next()) await rejected.settle();
      return next.done ? undefined : next.value.columns.arrival[0];
    },
    get outOfOrder() {
      return arrivals.outOfOrder;
    },
    get misplaced() {
      return arrivals.outOfOrder;
    },
    batches: { [Symbol.asyncIterator]: batches },
    close: async () => {
      await tables.return();
      await rejected.close();
    },
  };
}
