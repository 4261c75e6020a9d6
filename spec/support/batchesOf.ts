import { DeviceIds } from '../../src/domain/DeviceIds.js';
import type { FixBatch } from '../../src/domain/FixBatch.js';
import type { Fix } from '../../src/domain/fix.js';
import { batchOf } from '../../src/recording/batchOf.js';

/** Fixes as the batches of a recording: what a batch had is spoilt when the next is asked for, so that who keeps one is found out. */
export function batchesOf(source: AsyncIterable<readonly Fix[]>): AsyncIterable<FixBatch> {
  return {
    [Symbol.asyncIterator]: () => {
      const iterator = source[Symbol.asyncIterator]();
      const devices = new DeviceIds();
      let before: FixBatch | undefined;
      return {
        next: async (): Promise<IteratorResult<FixBatch, undefined>> => {
          if (before) spoil(before);
          const next = await iterator.next();
          return next.done ? { done: true, value: undefined } : { value: (before = batchOf(next.value, devices)) };
        },
        return: async () => {
          await iterator.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  };
}

/** Makes all that a batch has something else. */
export function spoil({ columns, text }: FixBatch): void {
  for (const column of Object.values(columns) as (Float64Array | Uint32Array)[]) column.fill(3);
  text.fill('spoilt ');
}
