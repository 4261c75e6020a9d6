import type { Dice } from '../../../src/generate/Dice.js';
import type { Fault } from './FAULTS.js';

/** Each fault in a round of its own, in an order of chance, and after some of these rounds one in which several strike at once. */
export function roundsByChance(dice: Dice, faults: readonly Fault[]): Fault[][] {
  return dice.shuffled(faults).flatMap((fault, i) => (i % 3 === 2 ? [[fault], together(dice, faults)] : [[fault]]));
}

/** Some faults, no two of them to the same. */
function together(dice: Dice, faults: readonly Fault[]): Fault[] {
  const chosen: Fault[] = [];
  for (const fault of dice.shuffled(faults)) {
    if (chosen.length < 3 && !chosen.some(({ to }) => to === fault.to)) chosen.push(fault);
  }
  return chosen;
}
