/** Where a recording, or a part of one, is read from. */
export interface Input {
  /** The path of a file, or what to call the chunks. */
  readonly name: string;
  /** Its bytes, if it is no file. */
  readonly chunks?: AsyncIterable<Buffer>;
}
