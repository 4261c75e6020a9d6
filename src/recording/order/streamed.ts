import { tmpdir } from 'node:os';
import { Noticed } from '../../domain/Noticed.js';
import { Arrivals } from './Arrivals.js';
import { BatchMaker, placesOf } from './BatchMaker.js';
import type { Input } from '../Input.js';
import { readInputs } from '../readInputs.js';
import type { OpenRecordingOptions, Recording } from '../Recording.js';
import { Readings } from '../header/Readings.js';
import { RejectedRows } from '../RejectedRows.js';

/** Reads the first block of a recording that is in arrival order, and the others as they are asked for. */
export async function streamed(inputs: readonly Input[], { read, ...reading }: OpenRecordingOptions): Promise<Recording> {
  const { tmp = tmpdir() } = reading;
  const rejected = new RejectedRows(tmp);
  const noticed = new Noticed();
  const arrivals = new Arrivals();
  const readings = new Readings();
  const blocks = readInputs(inputs, {
    ...reading,
    noticed,
    rejected: (row, fault) => { rejected.add(row, fault); },
    understood: (how, input) => { readings.add(how, input); },
  });
  let next = await blocks.next();
  async function* batches() {
    const maker = new BatchMaker();
    for (; !next.done; next = await blocks.next()) {
      const records = next.value;
      arrivals.follow(records, 0);
      read?.(arrivals.fixes + rejected.count);
      yield* maker.batches(records, { keys: records.arrival.subarray(0, records.rows), places: placesOf(records) });
      records.clear();
      await rejected.settle();
    }
  }
  return {
    inputs: inputs.map(({ name }) => name),
    content: undefined,
    readings: readings.all,
    extra: next.value!.extra,
    get rows() {
      return arrivals.fixes + rejected.count;
    },
    rejected,
    noticed,
    span: undefined,
    first: async () => {
      for (; !next.done && next.value.rows === 0; next = await blocks.next()) await rejected.settle();
      return next.done ? undefined : next.value.arrival[0];
    },
    get outOfOrder() {
      return arrivals.outOfOrder;
    },
    get misplaced() {
      return arrivals.outOfOrder;
    },
    batches: { [Symbol.asyncIterator]: batches },
    close: async () => {
      await blocks.return();
      await rejected.close();
    },
  };
}
