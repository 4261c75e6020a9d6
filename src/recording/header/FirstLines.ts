import { Block } from '../../csv/Block.js';

const LF = 10;

/** A place between lines. */
export interface Mark {
  readonly at: number;
  readonly line: number;
}

/** The lines at the start of a file, one after the other: holds the blocks that they are of. */
export class FirstLines {
  /** The number of the line that is next. */
  line = 1;
  isEnded = false;
  readonly #blocks: AsyncGenerator<Block, void>;
  #held: Buffer = Buffer.alloc(0);
  #start: number | undefined;
  #at = 0;

  constructor(blocks: AsyncGenerator<Block, void>) {
    this.#blocks = blocks;
  }

  /** Whether there is one that need not be waited for. */
  get hasLine(): boolean {
    return this.#at < this.#held.length;
  }

  /** The next line with its end; `undefined` behind the last. */
  async next(): Promise<Buffer | undefined> {
    if (!this.hasLine) await this.#more();
    if (!this.hasLine) return undefined;
    const end = this.#held.indexOf(LF, this.#at) + 1 || this.#held.length;
    const line = this.#held.subarray(this.#at, end);
    this.#at = end;
    this.line++;
    return line;
  }

  mark(): Mark {
    return { at: this.#at, line: this.line };
  }

  backTo({ at, line }: Mark): void {
    this.#at = at;
    this.line = line;
  }

  since({ at }: Mark): Buffer {
    return this.#held.subarray(at, this.#at);
  }

  restFrom({ at, line }: Mark): Block {
    return new Block(this.#held.subarray(at), (this.#start ?? 0) + at, line);
  }

  async #more(): Promise<void> {
    const next = await this.#blocks.next();
    if (next.done) {
      this.isEnded = true;
      return;
    }
    this.#start ??= next.value.start;
    this.#held = this.#held.length > 0 ? Buffer.concat([this.#held, next.value.bytes]) : next.value.bytes;
  }
}
