import type { Bytes } from './Bytes.js';

/** Bytes, and what was made of the first of them. */
export interface Peeked<T> {
  readonly bytes: Bytes;
  readonly found: T;
}

/**
 * Looks at the first bytes, more and more of them until enough is known by them, without taking them away.
 *
 * @param find makes something of them, or `undefined` if more are needed; it must find something when there are no more
 */
export async function peeked<T>(bytes: Bytes, find: (start: Buffer, isAll: boolean) => T | undefined): Promise<Peeked<T>> {
  const iterator = bytes.open()[Symbol.asyncIterator]();
  const chunks: Buffer[] = [];
  let found: T | undefined;
  for (let isAll = false; found === undefined && !isAll; ) {
    const next = await iterator.next();
    isAll = next.done === true;
    if (!isAll) chunks.push(next.value as Buffer);
    found = find(Buffer.concat(chunks), isAll);
  }
  if (found === undefined) throw new RangeError('all bytes were not enough');
  if (bytes.again) {
    await iterator.return?.();
    return { bytes, found };
  }
  const { name } = bytes;
  return { bytes: { name, again: false, open: (taken) => following(chunks, iterator, taken) }, found };
}

/** The chunks that have been looked at, then the others. */
async function* following(
  chunks: readonly Buffer[],
  iterator: AsyncIterator<Buffer>,
  taken: (bytes: number) => void = () => undefined,
): AsyncGenerator<Buffer, void, undefined> {
  try {
    for (const chunk of chunks) {
      taken(chunk.length);
      yield chunk;
    }
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
      taken(next.value.length);
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}
