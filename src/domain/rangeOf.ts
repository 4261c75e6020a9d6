import { inChunks } from './inChunks.js';

/** The least and the greatest of numbers; `Infinity` and `-Infinity` of none. */
export function rangeOf(numbers: Float64Array): { readonly min: number; readonly max: number } {
  let [min, max] = [Infinity, -Infinity];
  inChunks(0, numbers.length, (from, to) => {
    min = leastOf(numbers, from, to, min);
    max = greatestOf(numbers, from, to, max);
  });
  return { min, max };
}

function leastOf(numbers: Float64Array, from: number, to: number, min: number): number {
  for (let i = from; i < to; i++) if (numbers[i]! < min) min = numbers[i]!;
  return min;
}

function greatestOf(numbers: Float64Array, from: number, to: number, max: number): number {
  for (let i = from; i < to; i++) if (numbers[i]! > max) max = numbers[i]!;
  return max;
}
