import type { Freshness } from '../model/freshness.js';
import type { Inks } from './Frame.js';

const HEADINGS = 48;
const CELL = 28; // px, room for a sign and its halo
const AGES: readonly Freshness[] = ['fresh', 'ageing', 'old'];

/**
 * The signs of devices, each drawn once on a sheet: thousands are then copied in the time that a few take to draw.
 * Age is told by shape as by colour: filled when fresh, hollow when ageing, a hollow diamond when old; an arrow points
 * where the device heads, a dot stands.
 */
export class Signs {
  private readonly sheet = document.createElement('canvas');

  constructor(readonly inks: Inks, readonly size: number, readonly sharp: number) {
    this.sheet.width = Math.ceil(CELL * (HEADINGS + 1) * sharp);
    this.sheet.height = Math.ceil(CELL * AGES.length * sharp);
    const context = this.sheet.getContext('2d')!;
    context.scale(sharp, sharp);
    context.lineJoin = 'round';
    AGES.forEach((age, row) => {
      for (let column = 0; column <= HEADINGS; column++) {
        const course = column === HEADINGS ? undefined : (column / HEADINGS) * 2 * Math.PI;
        paint(context, age === 'old' ? diamond(size * 0.75) : course === undefined ? dot(size * 0.6) : arrow(size, course), {
          age,
          inks,
          size,
          x: (column + 0.5) * CELL,
          y: (row + 0.5) * CELL,
        });
      }
    });
  }

  /** Puts the sign of a device at a place. */
  put(context: CanvasRenderingContext2D, x: number, y: number, age: Freshness, course: number | undefined): void {
    const column = course === undefined ? HEADINGS : Math.round((course / (2 * Math.PI)) * HEADINGS + HEADINGS) % HEADINGS;
    const cell = CELL * this.sharp;
    context.drawImage(this.sheet, column * cell, AGES.indexOf(age) * cell, cell, cell, x - CELL / 2, y - CELL / 2, CELL, CELL);
  }
}

function paint(
  context: CanvasRenderingContext2D,
  path: Path2D,
  {
    age,
    inks,
    size,
    x,
    y,
  }: { readonly age: Freshness; readonly inks: Inks; readonly size: number; readonly x: number; readonly y: number },
): void {
  context.save();
  context.translate(x, y);
  context.strokeStyle = inks.halo;
  context.lineWidth = size > 5 ? 4 : 2.5;
  context.stroke(path);
  context.fillStyle = age === 'fresh' ? inks.fresh : inks.halo;
  context.fill(path);
  if (age !== 'fresh') {
    context.strokeStyle = inks[age];
    context.lineWidth = size > 5 ? 2 : 1.5;
    context.stroke(path);
  }
  context.restore();
}

function arrow(size: number, course: number): Path2D {
  const [east, south] = [Math.sin(course) * size, -Math.cos(course) * size];
  const path = new Path2D();
  path.moveTo(east * 1.25, south * 1.25);
  path.lineTo(-east * 0.9 - south * 0.75, -south * 0.9 + east * 0.75);
  path.lineTo(-east * 0.45, -south * 0.45);
  path.lineTo(-east * 0.9 + south * 0.75, -south * 0.9 - east * 0.75);
  path.closePath();
  return path;
}

function dot(radius: number): Path2D {
  const path = new Path2D();
  path.arc(0, 0, radius, 0, 2 * Math.PI);
  return path;
}

function diamond(size: number): Path2D {
  return new Path2D(`M0 ${-size}L${size} 0L0 ${size}L${-size} 0Z`);
}
