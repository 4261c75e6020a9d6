import { aged } from '../../domain/aged.js';
import type { Steps } from '../../domain/finish.js';
import { mapInSteps } from '../../domain/mapInSteps.js';
import type { Aged, Moment } from '../../domain/Past.js';
import { sortedInSteps } from '../../domain/sortedInSteps.js';
import type { NewestRows } from './askNewestOfAll.js';
import { fixIn } from './FixRow.js';

/** The fixes of rows as answers about a moment, by the ids of their devices, in the order of the product: the database has another. */
export function* agedRows({ state: { last, extra }, rows }: NewestRows, moment: Moment): Steps<readonly Aged[]> {
  const all = yield* mapInSteps(rows, (row) => aged(fixIn(row, extra), moment, last ?? undefined, extra));
  return yield* sortedInSteps(all, (a, b) => (a.fix.device < b.fix.device ? -1 : 1));
}
