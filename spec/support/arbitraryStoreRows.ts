import type { Dice } from '../../src/generate/Dice.js';
import type { StoreRow } from '../../src/store/StoreRow.js';

const NOON = Date.UTC(2021, 9, 23, 12) * 1000;
const SECOND = 1e6;

/** Rows of a fleet over a stretch of time: some late, some sent twice by their devices, with the same data or with others. */
export function rowsByChance(dice: Dice, count: number): StoreRow[] {
  const rows: StoreRow[] = [];
  for (let place = 0; place < count; place++) {
    const before = rows.length > 0 && dice.happens(0.2) ? dice.one(rows.slice(-200)) : undefined;
    const arrival = NOON + place * 1000 + dice.whole(0, 30) * SECOND;
    const speed = dice.happens(0.1) ? null : dice.whole(0, 90);
    rows.push({
      device: before?.device ?? `bus ${dice.whole(1, 40)}`,
      arrival: before && dice.happens(0.3) ? before.arrival : arrival,
      seq: 2 ** 40 * dice.whole(1, 2) + place,
      event: before?.event ?? arrival - dice.whole(0, 20) * SECOND,
      lat: before && dice.happens(0.5) ? before.lat : dice.between(-90, 90),
      lon: before?.lon ?? 13.4,
      speed: before ? before.speed : speed,
      written: dice.happens(0.05) ? '52.50,13.40,7.0' : null,
      further: dice.happens(0.05) ? '{"note": "a, b"}' : null,
    });
  }
  return rows;
}

/** Rows in an order of their own, some of them twice, in parts. */
export function partsByChance(dice: Dice, rows: readonly StoreRow[], most: number): StoreRow[][] {
  const sent = dice.shuffled([...rows, ...rows.filter(() => dice.happens(0.1))]);
  const parts: StoreRow[][] = [];
  for (let at = 0; at < sent.length; at += parts.at(-1)!.length) parts.push(sent.slice(at, at + dice.whole(1, most)));
  return parts;
}
