/** The same bytes, cut at some places. */
export async function* chunksOf(bytes: Buffer, cuts: readonly number[] = []): AsyncGenerator<Buffer, void, undefined> {
  const places = [...new Set([...cuts.map((cut) => cut % bytes.length), bytes.length])].sort((a, b) => a - b).filter((place) => place > 0);
  for (const [i, place] of places.entries()) yield await Promise.resolve(bytes.subarray(places[i - 1] ?? 0, place));
}
