import { bufferCount, map, pipe, type MonoTypeOperatorFunction } from 'rxjs';

/** Joins every 256 texts, so that each is not a write of its own. */
export const together = (): MonoTypeOperatorFunction<string> => pipe(bufferCount(256), map((texts) => texts.join('')));
