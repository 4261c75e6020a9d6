import type { Kinds, Overview } from '../model/Overview.js';
import type { Stretch } from '../model/Stretch.js';

export type OverviewInks = Readonly<Record<keyof Kinds, string>>;

const ORDER = ['changes', 'late', 'others'] as const;
/** The least height of a kind that there is in few bars, in px: it is to be seen where there is some. */
const LEAST = 1.5;
const FEW = 1 / 4;

/**
 * Draws what there is in each bin as a bar, the kinds one above the other. The height of a bar is the square root of its sum,
 * so that a backlog that arrives at once leaves the others to be seen; its parts have the shares of the kinds.
 */
export function drawOverview(canvas: HTMLCanvasElement, overview: Overview, { from, to }: Stretch, inks: OverviewInks): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  const scale = devicePixelRatio;
  [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
  const context = canvas.getContext('2d')!;
  const columns = columnsOf(overview, { from, to }, canvas.width);
  const most = columns.reduce((max, bar) => Math.max(max, sumOf(bar)), 0);
  if (most === 0) return;
  const leastOf = (kind: keyof Kinds) => (columns.filter((bar) => bar[kind] > 0).length <= FEW * columns.length ? LEAST * scale : 0);
  const least = { changes: leastOf('changes'), late: leastOf('late'), others: leastOf('others') };
  for (const bar of columns) {
    const sum = sumOf(bar);
    let base = canvas.height;
    for (const kind of ORDER) {
      if (bar[kind] === 0) continue;
      const part = Math.max(least[kind], Math.sqrt(sum / most) * canvas.height * (bar[kind] / sum));
      context.fillStyle = inks[kind];
      context.fillRect(bar.left, base - part, bar.right - bar.left, part);
      base -= part;
    }
  }
}

interface Bar extends Kinds {
  /** Where it is, in px of the canvas. */
  readonly left: number;
  right: number;
}

/**
 * The bins as bars of whole pixels, with a gap between them if all are wide enough: those that share a pixel as one, of which
 * the highest counts.
 */
function columnsOf(overview: Overview, { from, to }: Stretch, width: number): readonly Bar[] {
  const place = (moment: number) => Math.round(((moment - from) / Math.max(1, to - from)) * width);
  const gap = ((overview.start(1) - overview.start(0)) / Math.max(1, to - from)) * width > 4 ? 1 : 0;
  const bars: Bar[] = [];
  for (const [bin, kinds] of overview.bins.entries()) {
    const [left, end] = [Math.max(0, place(overview.start(bin))), Math.min(width, place(overview.start(bin + 1)))];
    if (sumOf(kinds) === 0 || end < 0 || left >= width) continue;
    const right = Math.max(left + 1, end - gap);
    const before = bars.at(-1);
    if (before && left < before.right) {
      if (sumOf(kinds) > sumOf(before)) bars[bars.length - 1] = { ...kinds, left: before.left, right };
    } else bars.push({ ...kinds, left, right });
  }
  return bars;
}

function sumOf({ changes, late, others }: Kinds): number {
  return changes + late + others;
}
