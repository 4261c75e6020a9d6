interface Range {
  readonly type: string;
  readonly quality: number;
}

/**
 * The media type that a client would rather have, by its header Accept (RFC 9110, 12.5.1): of equal quality, the first of
 * `types`. The most exact range that a type is in says its quality. Parameters of types mean nothing.
 *
 * @param accept without it, or if it is empty, anything is accepted
 * @returns `undefined` if it accepts none of them
 */
export function acceptedOf<T extends string>(accept: string | undefined, types: readonly T[]): T | undefined {
  if (accept === undefined || accept.trim() === '') return types[0];
  const ranges = accept.toLowerCase().split(',').map(rangeIn);
  let [best, most] = [undefined as T | undefined, 0];
  for (const type of types) {
    const [quality = 0] = [type, `${type.split('/')[0]!}/*`, '*/*'].flatMap((name) => qualitiesOf(name, ranges));
    if (quality > most) [best, most] = [type, quality];
  }
  return best;
}

function qualitiesOf(name: string, ranges: readonly Range[]): number[] {
  return ranges.filter(({ type }) => type === name).map(({ quality }) => quality);
}

/** A quality that is not valid counts as 1. */
function rangeIn(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim());
  const given = parameters.map((parameter) => /^q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.exec(parameter)?.[1]).find((q) => q !== undefined);
  return { type, quality: given === undefined ? 1 : Number(given) };
}
