import type { Freshness } from '../model/freshness.js';
import type { Inks } from './Frame.js';

const HEADINGS = 48;
const AGES: readonly Freshness[] = ['fresh', 'ageing', 'old'];

/**
 * The signs of devices of one size, each drawn once on a sheet: thousands are then copied in the time that a few take to
 * draw. Age is told by shape as by colour: filled when fresh, hollow when ageing, a hollow diamond when old; an arrow points
 * where the device heads, a dot stands.
 */
export class Signs {
  private readonly sheet = document.createElement('canvas');
  private readonly cell: number; // px, room for a sign and its halo

  /** @param size px from the middle of an arrow to its sides, about */
  constructor(inks: Inks, size: number, private readonly sharp: number) {
    this.cell = 2 * Math.ceil(size * 1.25 + haloOf(size) / 2 + 1);
    const { cell } = this;
    this.sheet.width = Math.ceil(cell * (HEADINGS + 1) * sharp);
    this.sheet.height = Math.ceil(cell * AGES.length * sharp);
    const context = this.sheet.getContext('2d')!;
    context.scale(sharp, sharp);
    context.lineJoin = 'round';
    AGES.forEach((age, row) => {
      for (let column = 0; column <= HEADINGS; column++) {
        const course = column === HEADINGS ? undefined : (column / HEADINGS) * 2 * Math.PI;
        const path = age === 'old' ? diamond(size * 0.75) : course === undefined ? dot(size * 0.6) : arrow(size, course);
        paint(context, path, { age, inks, size, x: (column + 0.5) * cell, y: (row + 0.5) * cell });
      }
    });
  }

  /** Puts the sign of a device at a place, on whole pixels of the screen. */
  put(context: CanvasRenderingContext2D, x: number, y: number, age: Freshness, course: number | undefined): void {
    const { cell, sharp } = this;
    const column = course === undefined ? HEADINGS : Math.round((course / (2 * Math.PI)) * HEADINGS + HEADINGS) % HEADINGS;
    const from = cell * sharp;
    const [left, top] = [Math.round((x - cell / 2) * sharp) / sharp, Math.round((y - cell / 2) * sharp) / sharp];
    context.drawImage(this.sheet, column * from, AGES.indexOf(age) * from, from, from, left, top, cell, cell);
  }
}

const haloOf = (size: number) => (size > 5 ? 4 : size > 3 ? 2.5 : 1);

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
  context.lineWidth = haloOf(size);
  context.stroke(path);
  context.fillStyle = age === 'fresh' ? inks.fresh : inks.halo;
  context.fill(path);
  if (age !== 'fresh') {
    context.strokeStyle = inks[age];
    context.lineWidth = size > 5 ? 2 : size > 3 ? 1.5 : 1;
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
