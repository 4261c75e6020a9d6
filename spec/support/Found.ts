import { VERDICTS, type Verdict } from '../../src/domain/latest.js';
import type { Judged } from '../../src/domain/FixBatch.js';
import type { Fix } from '../../src/domain/fix.js';
import type { Instant } from '../../src/domain/instant.js';

/** A fix of a judged batch, and what it was found to be. */
export interface Found {
  readonly fix: Fix;
  readonly verdict: Verdict;
  readonly held: Instant;
}

/** What was found of the fixes of a batch, one after the other. */
export function foundIn({ batch, verdict, held }: Judged): Found[] {
  return Array.from({ length: batch.end - batch.first }, (_, i) => {
    const row = batch.first + i;
    return { fix: batch.fix(row), verdict: VERDICTS[verdict[row]!]!, held: held[row]! };
  });
}
