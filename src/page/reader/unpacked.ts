import type { Sighting } from '../model/Sighting.js';
import { NUMBERS, type Packed } from './packed.js';

const NONE: Readonly<Record<string, string>> = {};

/** The fixes that were packed. */
export function unpacked({ numbers, devices, columns }: Packed): Sighting[] {
  const fixes: Sighting[] = [];
  for (let at = 0, i = 0; at < numbers.length; at += NUMBERS, i++) {
    const speed = numbers[at + 7]!;
    fixes.push({
      device: devices[numbers[at]!]!,
      latitude: numbers[at + 3]!,
      longitude: numbers[at + 4]!,
      x: numbers[at + 5]!,
      y: numbers[at + 6]!,
      event: numbers[at + 1]!,
      arrival: numbers[at + 2]!,
      speed: Number.isNaN(speed) ? undefined : speed,
      extra: columns.length === 0 ? NONE : extraAt(columns, i),
    });
  }
  return fixes;
}

/** The extra columns of a fix; the same object for all that have none. */
function extraAt(columns: Packed['columns'], i: number): Readonly<Record<string, string>> {
  let extra: Record<string, string> | undefined;
  for (const { name, texts, places } of columns) {
    const place = places[i]!;
    if (place > 0) (extra ??= {})[name] = texts[place - 1]!;
  }
  return extra ?? NONE;
}
