import type { FileHandle } from 'node:fs/promises';

/** How the parts of an input are read. */
export interface PartOptions {
  /** The folder for temporary files. */
  readonly tmp: string;
  /** Where to put files that are to be closed when the part has been read. */
  readonly closing: FileHandle[];
  /** Whether a pipe is read as it comes, not to its end first. Default: false. */
  readonly inOrder?: boolean | undefined;
  /** The sheet of a workbook, by its name or its number from 1. Default: the first. */
  readonly sheet?: string | undefined;
  /** The encoding of text that is no CSV, as `TextDecoder` knows them. Default: UTF-8. */
  readonly encoding?: string | undefined;
  /** Told, in a sentence, what is in an input and is not read. */
  readonly said?: ((sentence: string) => void) | undefined;
  /** Told how many bytes have been taken from the input, as they stand there. */
  readonly taken?: ((bytes: number) => void) | undefined;
  /** Told of all bytes, unpacked, unless they are CSV. */
  readonly seen?: ((chunk: Buffer) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}
