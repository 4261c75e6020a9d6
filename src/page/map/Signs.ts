import type { Freshness } from '../model/freshness.js';
import type { Inks } from './Frame.js';
import { Stamp } from './Stamp.js';

const HEADINGS = 48;
const AGES: readonly Freshness[] = ['fresh', 'ageing', 'old'];

/**
 * The signs of devices of one size, each drawn once, when it is first needed. Age is told by shape as by colour: filled when
 * fresh, hollow when ageing, a hollow diamond when old; an arrow points where the device heads, a dot stands.
 */
export class Signs {
  private readonly stamps: (Stamp | undefined)[] = [];
  private readonly context: CanvasRenderingContext2D;
  private readonly cell: number; // pixels of the screen, room for a sign and its halo

  /** @param size px from the middle of an arrow to its sides, about */
  constructor(private readonly inks: Inks, private readonly size: number, sharp: number) {
    this.cell = Math.ceil(2 * Math.ceil(size * 1.25 + haloOf(size) / 2 + 1) * sharp);
    const { cell } = this;
    const sheet = Object.assign(document.createElement('canvas'), { width: cell, height: cell });
    this.context = sheet.getContext('2d', { willReadFrequently: true })!;
    this.context.setTransform(sharp, 0, 0, sharp, cell / 2, cell / 2);
    this.context.lineJoin = 'round';
  }

  /** The sign of a device of an age that heads somewhere, or of which nobody knows where. */
  of(age: Freshness, course: number | undefined): Stamp {
    const column = course === undefined ? HEADINGS : Math.round((course / (2 * Math.PI)) * HEADINGS + HEADINGS) % HEADINGS;
    return (this.stamps[AGES.indexOf(age) * (HEADINGS + 1) + column] ??= this.drawn(age, column));
  }

  private drawn(age: Freshness, column: number): Stamp {
    const { context, inks, size, cell } = this;
    const course = column === HEADINGS ? undefined : (column / HEADINGS) * 2 * Math.PI;
    context.clearRect(-cell, -cell, 2 * cell, 2 * cell);
    paint(context, age === 'old' ? diamond(size * 0.75) : course === undefined ? dot(size * 0.6) : arrow(size, course), { age, inks, size });
    return new Stamp(context.getImageData(0, 0, cell, cell));
  }
}

const haloOf = (size: number) => (size > 5 ? 4 : size > 3 ? 2.5 : 1);

function paint(
  context: CanvasRenderingContext2D,
  path: Path2D,
  { age, inks, size }: { readonly age: Freshness; readonly inks: Inks; readonly size: number },
): void {
  context.strokeStyle = inks.halo;
  context.lineWidth = haloOf(size);
  context.stroke(path);
  context.fillStyle = age === 'fresh' ? inks.fresh : inks.halo;
  context.fill(path);
  if (age === 'fresh') return;
  context.strokeStyle = inks[age];
  context.lineWidth = size > 5 ? 2 : size > 3 ? 1.5 : 1;
  context.stroke(path);
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
