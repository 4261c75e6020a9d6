/** A help's entry or paragraph: what stands before its text, if anything, and where its text goes on. */
interface Block {
  readonly before: string;
  readonly words: string[];
}

/** A line that ends so many columns before the longest ends its paragraph. */
const SHORT = 20;
/** How far the text of an entry is indented that stands below it. */
const BELOW = 6;

/**
 * A help text in lines of so many columns: its paragraphs wrapped anew, and the explanations of its entries beside them
 * as far as there is room.
 */
export function fitted(help: string, width: number): string {
  const lines = help.trimEnd().split('\n');
  const longest = Math.max(...lines.map(({ length }) => length));
  if (longest <= width) return help;
  const blocks: Block[] = [];
  for (const [i, line] of lines.entries()) {
    const last = blocks.at(-1);
    const goesOn =
      last &&
      last.words.length > 0 &&
      line !== '' &&
      indentOf(line) === last.before.length &&
      (last.before !== '' || lines[i - 1]!.length > longest - SHORT);
    if (goesOn) last.words.push(...line.trim().split(' '));
    else blocks.push(blockOf(line));
  }
  return blocks.map((block) => textOf(block, width)).join('');
}

function blockOf(line: string): Block {
  const indent = indentOf(line);
  const gap = indent > 0 ? / {2,}/.exec(line.slice(indent)) : null; // between an entry and its explanation
  const hang = gap ? indent + gap.index + gap[0].length : indent;
  return { before: line.slice(0, hang), words: line.slice(hang).split(' ').filter(Boolean) };
}

function textOf({ before, words }: Block, width: number): string {
  const isBeside = before.length <= width / 2;
  const margin = ' '.repeat(isBeside ? before.length : BELOW);
  const lines = isBeside ? [before] : [before, margin].filter((line) => line === margin || line.trim() !== '');
  let length = lines.at(-1)!.length;
  for (const [i, word] of words.entries()) {
    if (i > 0 && length + 1 + word.length > width) lines.push(margin);
    const line = lines.at(-1)!;
    lines[lines.length - 1] = i === 0 || line === margin ? line + word : `${line} ${word}`;
    length = lines.at(-1)!.length;
  }
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
