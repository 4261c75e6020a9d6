/** Up to how many px around the Earth the coast is exact; one of 1 : 50 million is wrong by hundreds of px beyond. */
export const EXACT_UP_TO = 2 ** 19;

/** Which map is below the fleet, in words: whose it is, or that there is none at this scale. */
export function groundOf(
  { tiles, attribution }: { readonly tiles?: string | null; readonly attribution?: string | null },
  scale: number,
): string {
  if (tiles) return attribution ?? `Map: ${URL.canParse(tiles) ? new URL(tiles).hostname : 'tiles of a file'}`;
  return scale <= EXACT_UP_TO ? 'Coast: Natural Earth' : 'The coast is not exact at this scale: --tiles shows a map';
}
