import type { Inks } from './Frame.js';

/** What a picture says of itself. */
export interface Caption {
  /** Lines of text: what, when, by which clock. */
  readonly lines: readonly string[];
  readonly legend: readonly { readonly kind: string; readonly sign: string; readonly words: string }[];
  /** The bar of the scale, in px. */
  readonly scale: { readonly words: string; readonly width: number };
  /** Whose map it is. */
  readonly source: string;
}

const MARGIN = 12; // px
const LINE = 20; // px
const FONT = '13px Inter, system-ui, sans-serif';
const APART = 18; // px between two entries of the legend

type Ink = (context: CanvasRenderingContext2D, x: number, y: number) => void;

/** A map with what is said of it below, each line as wide as the picture at most. */
export function pictureOf(map: HTMLCanvasElement, caption: Caption, inks: Inks): HTMLCanvasElement {
  const sharp = window.devicePixelRatio;
  const width = map.width / sharp;
  const measure = document.createElement('canvas').getContext('2d')!;
  measure.font = FONT;
  const widthOf = (text: string) => measure.measureText(text).width;
  const rows: Ink[] = [];
  const text = (line: string, ink: string, weight = '') => {
    for (const part of wrapped(line, width - 2 * MARGIN, widthOf))
      rows.push((context, x, y) => {
        context.font = `${weight} ${FONT}`;
        context.fillStyle = ink;
        context.fillText(part, x, y);
      });
  };
  for (const [i, line] of caption.lines.entries()) text(line, inks.text, i === 0 ? '600' : '');
  rows.push(...legendRows(caption.legend, width - 2 * MARGIN, widthOf, inks));
  rows.push(scaleRow(caption.scale, inks));
  text(caption.source, inks.faint);

  const canvas = document.createElement('canvas');
  canvas.width = map.width;
  canvas.height = map.height + Math.round((rows.length * LINE + 2 * MARGIN) * sharp);
  const context = canvas.getContext('2d')!;
  context.fillStyle = inks.panel;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(map, 0, 0);
  context.fillStyle = inks.coast;
  context.fillRect(0, map.height, canvas.width, Math.round(sharp));
  context.setTransform(sharp, 0, 0, sharp, 0, map.height);
  for (const [i, draw] of rows.entries()) draw(context, MARGIN, MARGIN + i * LINE + 14);
  return canvas;
}

/** Words in lines that are no wider than this; a single word may be. */
function wrapped(text: string, width: number, widthOf: (text: string) => number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)!} ${word}`;
    if (lines.length > 0 && widthOf(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function legendRows(legend: Caption['legend'], width: number, widthOf: (text: string) => number, inks: Inks): readonly Ink[] {
  const rows: { entry: Caption['legend'][number]; left: number }[][] = [[]];
  let left = 0;
  for (const entry of legend) {
    const needed = 18 + widthOf(entry.words);
    if (left > 0 && left + needed > width) {
      rows.push([]);
      left = 0;
    }
    rows.at(-1)!.push({ entry, left });
    left += needed + APART;
  }
  return rows.map((row) => (context, x, y) => {
    context.font = FONT;
    for (const { entry, left } of row) {
      const ink = inks[entry.kind as keyof Inks] as string | undefined;
      context.fillStyle = ink ?? inks.text;
      context.fillText(entry.sign, x + left, y);
      context.fillStyle = inks.text;
      context.fillText(entry.words, x + left + 18, y);
    }
  });
}

const scaleRow =
  ({ words, width }: Caption['scale'], inks: Inks): Ink =>
  (context, x, y) => {
    context.font = FONT;
    context.strokeStyle = inks.text;
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(x + 1, y - 8);
    context.lineTo(x + 1, y);
    context.lineTo(x + width - 1, y);
    context.lineTo(x + width - 1, y - 8);
    context.stroke();
    context.fillStyle = inks.text;
    context.fillText(words, x + width + 8, y);
  };
