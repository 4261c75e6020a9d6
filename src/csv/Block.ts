const LF = 10;

/** Whole lines of a file, and where they stand in it. */
export class Block {
  readonly bytes: Buffer;
  /** Where they start, in bytes. */
  readonly start: number;
  /** The number of the first line, from 1. */
  readonly line: number;
  #lines: number | undefined;

  constructor(bytes: Buffer, start: number, line: number, lines?: number) {
    this.bytes = bytes;
    this.start = start;
    this.line = line;
    this.#lines = lines;
  }

  /** How many line ends there are: counted when it is asked for, unless who read them has said it. */
  get lines(): number {
    if (this.#lines !== undefined) return this.#lines;
    let lines = 0;
    for (let at = this.bytes.indexOf(LF); at >= 0; at = this.bytes.indexOf(LF, at + 1)) lines++;
    return (this.#lines = lines);
  }

  set lines(lines: number) {
    this.#lines = lines;
  }
}
