import type { Block } from './Block.js';

const LF = 10;

/**
 * The lines of a file that have been read but not yet been left behind, so that a row can be shown as it
 * stands in the file. Holds the blocks that are read and not forgotten, and where lines start in those that were
 * asked about.
 */
export class LineWindow {
  readonly #blocks: { readonly block: Block; starts?: readonly number[] }[] = [];

  /** Adds the block that follows in the file. */
  add(block: Block): void {
    this.#blocks.push({ block });
  }

  /** Forgets the blocks that end before `line`. */
  forgetBefore(line: number): void {
    while (this.#blocks.length > 1 && this.#blocks[1]!.block.line <= line) this.#blocks.shift();
  }

  /** The text of `count` lines from `line` on, without the last line end, CRLF or LF. */
  text(line: number, count: number): string {
    const text = this.bytes(line, count).toString();
    return text.endsWith('\r\n') ? text.slice(0, -2) : text.endsWith('\n') ? text.slice(0, -1) : text;
  }

  /** The bytes of `count` lines from `line` on. */
  bytes(line: number, count: number): Buffer {
    const [from, to] = [this.start(line), this.start(line + count)];
    const within = this.#blocks.filter(({ block }) => block.start < to && from < block.start + block.bytes.length);
    const parts = within.map(({ block: { bytes, start } }) => bytes.subarray(Math.max(0, from - start), to - start));
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  }

  /** Where a line starts in the file, in bytes; also the one that would follow the last. */
  start(line: number): number {
    const held = this.#blocks.findLast(({ block }) => block.line <= line);
    if (!held) throw new RangeError(`line ${line} is forgotten`);
    held.starts ??= startsIn(held.block);
    return held.starts[line - held.block.line]!;
  }
}

/** Where each line of a block starts in the file, and where the last ends. */
function startsIn({ bytes, start }: Block): readonly number[] {
  const starts = [start];
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) starts.push(start + at + 1);
  if (starts.at(-1) !== start + bytes.length) starts.push(start + bytes.length);
  return starts;
}
