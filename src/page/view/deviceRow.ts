import { freshness } from '../model/freshness.js';
import { valueOf, type Order } from '../model/Listing.js';
import type { Picture } from '../model/Picture.js';
import { lasting, metresText } from '../model/words.js';
import { AGES } from './AGES.js';
import { say } from './say.js';

/** An element for `fillRow`: the sign of an age, an id, and a value. */
export function emptyRow(): HTMLElement {
  const row = document.createElement('div');
  row.className = 'row';
  row.setAttribute('role', 'option');
  for (const name of ['sign', 'id', 'age']) {
    const cell = document.createElement('span');
    cell.className = name;
    row.append(cell);
  }
  return row;
}

/** Which row of the list it is, by what that is sorted, and whether its device is the chosen one. */
export interface RowOptions {
  readonly position: number;
  readonly order: Order;
  readonly chosen: boolean;
}

/** Shows a device as it is in a picture: how old its fix is, and by what the list is sorted. */
export function fillRow(row: HTMLElement, device: string, picture: Picture, { position, order, chosen }: RowOptions): void {
  const { vehicles, at } = picture;
  const vehicle = vehicles.get(device);
  const age = freshness(vehicle?.latest.event ?? at, at);
  row.id = `device-${position}`;
  row.dataset['device'] = device;
  row.dataset['age'] = age;
  row.setAttribute('aria-selected', String(chosen));
  const [sign, id, value] = row.children as unknown as [HTMLElement, HTMLElement, HTMLElement];
  say(sign, AGES[age].sign);
  say(id, device);
  say(value, vehicle === undefined ? '' : inWords(valueOf(vehicle, order === 'id' ? 'age' : order, picture), order));
}

/** What a device is sorted by, in words. */
function inWords(value: number, order: Order): string {
  if (order === 'speed') return value < 0 ? 'unknown' : String(value);
  if (order === 'displacement') return value < 0 ? '–' : metresText(value);
  return lasting(value / 1e6);
}
