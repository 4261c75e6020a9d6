import { once } from 'node:events';

/** Resolves when standard output can take more, if it is full. */
export function hasRoom(): Promise<unknown> | undefined {
  return process.stdout.writableNeedDrain ? once(process.stdout, 'drain') : undefined;
}
