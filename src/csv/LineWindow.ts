import type { Block } from './readBlocks.js';

/**
 * The lines of a file that have been read but not yet been left behind, so that a row can be shown as it
 * stands in the file. Holds the blocks that are read and not forgotten; splits one only when it is asked.
 */
export class LineWindow {
  readonly #blocks: { readonly block: Block; texts?: readonly string[] }[] = [];

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
    const lines = Array.from({ length: count }, (_, i) => this.#line(line + i));
    const text = lines.map(({ text }) => text).join('\n');
    return lines.at(-1)!.ended ? text.replace(/\r$/, '') : text;
  }

  #line(line: number): { readonly text: string; readonly ended: boolean } {
    const held = this.#blocks.findLast(({ block }) => block.line <= line);
    if (!held) throw new RangeError(`line ${line} is forgotten`);
    held.texts ??= held.block.bytes.toString().split('\n');
    const at = line - held.block.line;
    return { text: held.texts[at]!, ended: at < held.block.lines };
  }
}
