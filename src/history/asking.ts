import { DamagedIndex } from '../lookup/DamagedIndex.js';
import type { History } from './History.js';

const BATCH = 1024;

/**
 * Asks a history a question, whose answer comes in batches of 1,024 at most. If its index turns out damaged, it
 * is opened anew without it, and the question goes on after the last answer that was given.
 *
 * @throws what `open` does, and DamagedIndex if the log is changed at the same time.
 */
export async function* asking<T>(
  open: (anew: boolean) => Promise<History>,
  question: (history: History, after: T | undefined) => Iterable<T>,
): AsyncGenerator<readonly T[], void, undefined> {
  let after: T | undefined;
  for (const anew of [false, true]) {
    const history = await open(anew);
    try {
      for (const batch of inBatches(question(history, after))) {
        yield batch;
        after = batch.at(-1);
      }
      return;
    } catch (error) {
      if (anew || !(error instanceof DamagedIndex)) throw error;
    } finally {
      await history.close();
    }
  }
}

function* inBatches<T>(items: Iterable<T>): Generator<readonly T[], void, undefined> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
