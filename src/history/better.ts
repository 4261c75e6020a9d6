import { isNewer } from '../domain/latest.js';
import type { Placed } from './Placed.js';

/** The better of two: the newer, or else the one that came first. */
export function better(best: Placed | undefined, found: Placed | undefined): Placed | undefined {
  if (!found || !best) return found ?? best;
  if (found.event !== best.event) return isNewer(found, best) ? found : best;
  if (found.arrival !== best.arrival) return found.arrival < best.arrival ? found : best;
  return found.file === best.file && found.start < best.start ? found : best;
}
