import type { FixBatch } from '../domain/FixBatch.js';
import type { Fix } from '../domain/fix.js';

/** The fixes of a batch, good for ever: what leads from the operators over batches to those over fixes. */
export function fixesOf(batch: FixBatch): Fix[] {
  const fixes: Fix[] = [];
  for (let row = batch.first; row < batch.end; row++) fixes.push(batch.fix(row));
  return fixes;
}
