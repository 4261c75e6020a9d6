/** Items in pieces of so many each, one size after the other, over and over. */
export function cutInto<T>(items: readonly T[], sizes: readonly number[]): readonly (readonly T[])[] {
  const pieces: (readonly T[])[] = [];
  for (let at = 0; at < items.length; ) {
    const size = sizes[pieces.length % sizes.length]!;
    pieces.push(items.slice(at, at + size));
    at += size;
  }
  return pieces;
}
