import type { Freshness } from '../model/freshness.js';

/** What is in sight: a point of the Mercator square is at `x * scale - left`, `y * scale - top` pixels. */
export interface Frame {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The colours of the style in force, for what is drawn on a canvas. */
export interface Inks extends Readonly<Record<Freshness, string>> {
  readonly isDark: boolean;
  readonly land: string;
  readonly coast: string;
  readonly grid: string;
  readonly faint: string;
  readonly text: string;
  readonly halo: string;
  readonly chosen: string;
  readonly late: string;
  readonly elsewhere: string;
  readonly sea: string;
  readonly panel: string;
}
