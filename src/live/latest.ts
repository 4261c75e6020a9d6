import { defer, scan, type OperatorFunction } from 'rxjs';
import type { Fix } from '../domain/fix.js';
import { judgeFix, type Update } from '../domain/latest.js';

/**
 * Keeps every device's latest fix, and says of each fix whether it changed that, by the rule of `judge`.
 *
 *     source    a1       b1       a2       a1
 *     verdict   change   change   change   late
 *     latest    a1       a1 b1    a2 b1    a2 b1
 *
 * Errors pass on. Holds one fix per device, in one map per subscription.
 */
export const latest = (): OperatorFunction<Fix, Update> => (source) =>
  defer(() => source.pipe(scan<Fix, Update, State>(take, { latest: new Map() })));

interface State {
  readonly latest: Update['latest'];
}

function take({ latest: state }: State, fix: Fix): Update {
  const held = state.get(fix.device);
  const verdict = judgeFix(held, fix);
  if (verdict === 'change') (state as Map<string, Fix>).set(fix.device, fix);
  return { latest: state, fix, verdict, held };
}
