const [FIRST, LAST] = [/^([NESW])\s*(\S+)$/i, /^(\S+)\s*([NESW])$/i];

/**
 * A number with a hemisphere, as two columns have it (`52.5 S`), as one with a sign: `-52.5`. Any other text is given as it is.
 *
 * @param hemispheres the letters of both, the positive one first
 */
export function signed(text: string, hemispheres: 'NS' | 'EW'): string {
  const [, hemisphere, number] = FIRST.exec(text) ?? swapped(LAST.exec(text));
  if (hemisphere === undefined || number === undefined || number.startsWith('-')) return text;
  const side = hemispheres.indexOf(hemisphere.toUpperCase());
  if (side < 0) return text;
  return side === 0 ? number : `-${number.replace('+', '')}`;
}

function swapped(found: readonly string[] | null): readonly (string | undefined)[] {
  return found ? [found[0], found[2], found[1]] : [];
}
