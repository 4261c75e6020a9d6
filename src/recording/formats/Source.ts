import type { FileHandle } from 'node:fs/promises';
import type { Row } from '../../domain/fix.js';

/** A row of a recording that is no CSV; with what is wrong with it, if that is known before its fields are looked at. */
export interface FormatRow extends Row {
  readonly fault?: string;
}

/** Rows as they are asked for, the header alone in the first batch. `return()` lets go of what they are read from. */
export type FormatRows = AsyncGenerator<readonly FormatRow[], void, undefined>;

/** The bytes of a recording, or of a part of one, unpacked. */
export interface Source {
  /** What messages call it. */
  readonly name: string;
  /** Its bytes once more, from the first on, without being seen: to find out what is in it before it is read. */
  readonly look: () => AsyncIterable<Buffer>;
  /** Its bytes, to be read once. */
  readonly read: () => AsyncIterable<Buffer>;
  /** A file that has them, from byte 0 on, so that any of them can be read. It is closed with the part. */
  readonly file: () => Promise<FileHandle>;
}
