import type { Dice } from '../../../src/generate/Dice.js';
import type { Ledger, SentFix } from './Ledger.js';

const SECOND = 1e6;

/** Fixes of a fleet about a moment: some late, some at the same time as another of their device, with the same data or with others. */
export function fixesByChance(dice: Dice, ledger: Ledger, { count, now, fleet, grain = 1 }: ChanceOptions): SentFix[] {
  const fixes: SentFix[] = [];
  for (let i = 0; i < count; i++) {
    const before = fixes.length > 0 && dice.happens(0.2) ? dice.one(fixes.slice(-20)) : undefined;
    fixes.push({
      nr: ledger.number(),
      device: before?.device ?? `${fleet}/${dice.whole(1, 20)}`,
      event: before?.event ?? Math.floor((now - dice.whole(0, 20 * SECOND)) / grain) * grain,
      latitude: before && dice.happens(0.5) ? before.latitude : String(dice.between(-90, 90)),
      longitude: before?.longitude ?? '13.4',
      speed: before ? before.speed : String(dice.whole(0, 90)),
    });
  }
  return fixes;
}

export interface ChanceOptions {
  readonly count: number;
  /** µs since 1970. */
  readonly now: number;
  /** What the ids of its devices begin with. */
  readonly fleet: string;
  /** Event times are multiples of so many µs. */
  readonly grain?: number;
}
