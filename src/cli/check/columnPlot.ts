const BLOCKS = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** Numbers as columns of block characters, side by side, the largest as high as the lines that are given; what is above 0 shows. */
export function columnPlot(numbers: readonly number[], { lines, wide = 1 }: { readonly lines: number; readonly wide?: number }): string[] {
  const max = Math.max(...numbers);
  const eighths = numbers.map((number) => (number > 0 ? Math.max(1, Math.round((number / max) * lines * 8)) : 0));
  return Array.from({ length: lines }, (_, i) => {
    const below = (lines - 1 - i) * 8;
    return eighths.map((height) => BLOCKS[Math.min(8, Math.max(0, height - below))]!.repeat(wide)).join('').trimEnd();
  });
}
