import type { Fix } from '../../src/domain/fix.js';
import type { Update, Verdict } from '../../src/domain/latest.js';

/** What became of a fix, whatever its device held. */
export const update = (fix: Fix, verdict: Verdict = 'change'): Update => ({
  fix,
  verdict,
  held: verdict === 'change' ? undefined : fix,
  latest: new Map([[fix.device, fix]]),
});
