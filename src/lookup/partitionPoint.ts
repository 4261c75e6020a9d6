/** The first place from `low` up to `high` at which `before` no longer holds, which it does up to somewhere; by halving. */
export function partitionPoint(low: number, high: number, before: (place: number) => boolean): number {
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2);
    if (before(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
