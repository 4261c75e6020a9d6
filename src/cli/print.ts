import { once } from 'node:events';
import { bufferCount, lastValueFrom, map, pipe, tap, type MonoTypeOperatorFunction, type Observable } from 'rxjs';

/** Writes texts to standard output as they come. */
export async function print(texts: Observable<string>): Promise<void> {
  await lastValueFrom(texts.pipe(tap((text) => process.stdout.write(text))), { defaultValue: '' });
}

/** Joins every so many texts, so that each is not a write of its own. */
export const together = (): MonoTypeOperatorFunction<string> => pipe(bufferCount(256), map((texts) => texts.join('')));

/** Resolves when standard output can take more, if it is full. */
export function hasRoom(): Promise<unknown> | undefined {
  return process.stdout.writableNeedDrain ? once(process.stdout, 'drain') : undefined;
}
