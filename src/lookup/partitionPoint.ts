/**
 * The first place from `low` up to `high` at which `before` no longer holds, which it does up to somewhere; by halving.
 *
 * With a guess at it, looks there first and then in steps that double, so that a good guess costs a few looks, and a bad
 * one at most twice as many as none.
 */
export function partitionPoint(low: number, high: number, before: (place: number) => boolean, guess?: number): number {
  let step = guess === undefined ? high - low : 1;
  let place = guess === undefined ? halfway(low, high) : Math.max(low, Math.min(Math.floor(guess), high - 1));
  for (; low < high; step *= 2) {
    const isBefore = before(place);
    if (isBefore) low = place + 1;
    else high = place;
    place = isBefore ? Math.min(low + step, halfway(low, high)) : Math.max(high - step, halfway(low, high));
  }
  return low;
}

function halfway(low: number, high: number): number {
  return low + Math.floor((high - low) / 2);
}
