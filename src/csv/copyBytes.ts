/** Bytes, and the same memory as a view of numbers. */
export interface Bytes {
  readonly bytes: Buffer;
  readonly view: DataView;
}

/** Beyond so many bytes, to call for a copy takes less time than to copy four at a time. */
const SHORT = 64;
/** How many bytes `copyBytes` may read and write beyond those that it copies. */
export const BEYOND = 3;

/** Bytes with a view of them. */
export function viewed(bytes: Buffer): Bytes {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) };
}

/**
 * Copies the bytes from one place up to another to a place, and gives the place behind them there. Short ones are copied four
 * at a time, up to three bytes beyond their end: both must have as many behind it, which mean nothing.
 */
export function copyBytes(source: Bytes, from: number, to: number, target: Bytes, at: number): number {
  const length = to - from;
  if (length > SHORT) source.bytes.copy(target.bytes, at, from, to);
  else copyWords(source.view, from, length, target.view, at);
  return at + length;
}

function copyWords(source: DataView, from: number, length: number, target: DataView, at: number): void {
  for (let i = 0; i < length; i += 4) target.setInt32(at + i, source.getInt32(from + i));
}
