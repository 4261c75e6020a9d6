import type { CheckReport } from '../../index.js';
import { padded } from '../text/padded.js';
import { shortIds } from '../text/shortIds.js';
import { widthOf } from '../text/widthOf.js';
import { briefly, count, percent } from '../text/words.js';

/** The devices with the most fixes, a line for each. */
export function deviceTable({ per_device, devices, first_arrival, last_arrival }: CheckReport): string[] {
  if (per_device.length === 0) return [];
  const oneDay = first_arrival?.slice(0, 10) === last_arrival?.slice(0, 10);
  const moment = (time: string) => (oneDay ? time.slice(11, 19) : time.slice(0, 16).replace('T', ' '));
  const ids = shortIds(per_device.map(({ device_id }) => device_id));
  const rows = per_device.map((device, i) => [
    ids[i]!,
    count(device.fixes),
    count(device.changes),
    percent(device.late, device.fixes),
    moment(device.first_arrival),
    moment(device.last_arrival),
    briefly(device.worst_delay_seconds),
  ]);
  const table = [['device', 'fixes', 'changes', 'late', 'first', 'last', 'worst delay'], ...rows];
  const widths = table[0]!.map((_, i) => table.reduce((max, row) => Math.max(max, widthOf(row[i]!)), 0));
  const lines = table.map(
    (row) => `  ${row.map((text, i) => (i === 0 ? padded(text, widths[i]!) : text.padStart(widths[i]!))).join('  ')}`,
  );
  const more = devices - per_device.length;
  return [
    `devices${more > 0 ? ', by their fixes' : ''}`,
    ...lines,
    ...(more > 0 ? [`  and ${count(more)} more: --devices N lists N of them`] : []),
  ];
}
