import type { Picture } from './Picture.js';
import { count, counted, offsetAt, reachText, stamp, type Zone } from './words.js';

/** How times are shown, the chosen device and the reach of its track in minutes, and the name of the log. */
export interface CaptionOptions {
  readonly zone: Zone;
  readonly device: string | undefined;
  readonly minutes: number;
  readonly log: string;
  /** How many late fixes are shown as heat, if they are. */
  readonly late?: number | undefined;
}

/** What a picture of the map says of itself: when, by which clock, how many devices, and of the chosen one which track. */
export function captionOf(
  { at, by, vehicles }: Pick<Picture, 'at' | 'by' | 'vehicles'>,
  { zone, device, minutes, log, late }: CaptionOptions,
): readonly string[] {
  const clock = by === 'arrival' ? 'as arrived: what was known then' : 'as recorded: where everyone was then';
  return [
    `${stamp(at, zone)} ${zone === 'utc' ? 'UTC' : offsetText(at)}, ${clock}`,
    `${counted(vehicles.size, 'device')} of ${log}`,
    ...(device === undefined ? [] : [`Device ${device}, with its track of the last ${reachText(minutes)}`]),
    ...(late === undefined ? [] : [`The warmer, the more late fixes were there: ${count(late)} in sight`]),
  ];
}

/** How far the browser's time is from universal time: `UTC+05:30`. */
function offsetText(at: number): string {
  const minutes = Math.round(-offsetAt(at) / 60e6);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `UTC${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
}
