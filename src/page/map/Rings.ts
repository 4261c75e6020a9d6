import { Stamp } from './Stamp.js';

/** How often a ring is another. */
export const STEPS = 24;
const [FIRST, GROWS] = [4, 7]; // px of the radius
const CELL = 2 * (FIRST + GROWS + 2); // px
const STRONG = 0.9;

/** Rings that grow and fade, each step drawn once, when it is first needed. */
export class Rings {
  private readonly stamps: (Stamp | undefined)[] = [];
  private readonly context: CanvasRenderingContext2D;
  private readonly side: number; // pixels of the screen

  constructor(readonly ink: string, readonly sharp: number) {
    this.side = Math.ceil(CELL * sharp);
    const sheet = Object.assign(document.createElement('canvas'), { width: this.side, height: this.side });
    this.context = sheet.getContext('2d', { willReadFrequently: true })!;
    this.context.setTransform(sharp, 0, 0, sharp, this.side / 2, this.side / 2);
    this.context.strokeStyle = ink;
    this.context.lineWidth = 1.5;
  }

  /** A ring. @param part how much of its time is over, from 0 to 1 */
  of(part: number): Stamp {
    const step = Math.min(STEPS - 1, Math.floor(part * STEPS));
    return (this.stamps[step] ??= this.drawn(step / STEPS));
  }

  private drawn(part: number): Stamp {
    const { context, side } = this;
    context.clearRect(-side, -side, 2 * side, 2 * side);
    context.globalAlpha = STRONG * (1 - part);
    context.beginPath();
    context.arc(0, 0, FIRST + GROWS * part, 0, 2 * Math.PI);
    context.stroke();
    return new Stamp(context.getImageData(0, 0, side, side));
  }
}
