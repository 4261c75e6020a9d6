const STEPS = 24;
const [FIRST, GROWS] = [4, 7]; // px of the radius
const STRONG = 0.9;

/** Rings that grow and fade, each step drawn once: hundreds are then copied in the time that a few take to draw. */
export class RingSheet {
  private readonly sheet = document.createElement('canvas');
  private readonly cell = 2 * (FIRST + GROWS + 2); // px

  constructor(readonly ink: string, readonly sharp: number) {
    const { sheet, cell } = this;
    [sheet.width, sheet.height] = [Math.ceil(cell * STEPS * sharp), Math.ceil(cell * sharp)];
    const context = sheet.getContext('2d')!;
    context.scale(sharp, sharp);
    context.strokeStyle = ink;
    context.lineWidth = 1.5;
    for (let step = 0; step < STEPS; step++) {
      const part = step / STEPS;
      context.globalAlpha = STRONG * (1 - part);
      context.beginPath();
      context.arc((step + 0.5) * cell, cell / 2, FIRST + GROWS * part, 0, 2 * Math.PI);
      context.stroke();
    }
  }

  /** Puts a ring around a place, in px. @param part how much of its time is over, from 0 to 1 */
  put(context: CanvasRenderingContext2D, x: number, y: number, part: number): void {
    const { cell, sharp, sheet } = this;
    const [from, left, top] = [cell * sharp, Math.round((x - cell / 2) * sharp) / sharp, Math.round((y - cell / 2) * sharp) / sharp];
    context.drawImage(sheet, Math.min(STEPS - 1, Math.floor(part * STEPS)) * from, 0, from, from, left, top, cell, cell);
  }
}
