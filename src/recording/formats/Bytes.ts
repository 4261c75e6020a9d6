import type { FileHandle } from 'node:fs/promises';

/** Bytes that can be had once, as those of a pipe, or again and again. */
export interface Bytes {
  /** What messages call them. */
  readonly name: string;
  /** Whether they can be had more than once. */
  readonly again: boolean;
  /** Gives them from the first on; `taken` is told how many have been taken from the input, as they stand there. */
  readonly open: (taken?: (bytes: number) => void) => AsyncIterable<Buffer>;
  /** The file that they are, if they are one. */
  readonly handle?: FileHandle;
}
