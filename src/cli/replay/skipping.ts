import type { FixBatch, Instant } from '../../index.js';

/** Batches without so many fixes at their beginning. @param skipped told when a fix that is left out arrived */
export async function* skipping(
  batches: AsyncIterable<FixBatch>,
  count: number,
  skipped: (arrival: Instant) => void,
): AsyncGenerator<FixBatch, void, undefined> {
  let left = count;
  for await (const batch of batches) {
    const { first, end, columns } = batch;
    const from = Math.min(end, first + left);
    left -= from - first;
    if (from > first) skipped(columns.arrival[from - 1]!);
    if (from < end) yield batch.part(from, end);
  }
}
