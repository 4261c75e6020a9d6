import { formatRow } from '../csv/formatRow.js';
import { RECORDING_COLUMNS } from '../domain/columns.js';
import { formatInstant, type Instant } from '../domain/instant.js';
import { deliver, type Delivered } from './deliver.js';
import { Dice } from './Dice.js';
import { drive } from './drive.js';

export interface GenerateOptions {
  /** How many vehicles. Default: 4. */
  readonly devices?: number;
  /** How long the stream lasts, in ms. Default: two hours. */
  readonly duration?: number;
  /** The same seed gives the same recording. Default: 1. */
  readonly seed?: number;
  /** When the stream starts. Default: 2021-10-23T12:30:00Z. */
  readonly start?: Instant;
}

const SECOND = 1_000_000;
const HOUR = 3600 * SECOND;

/**
 * The lines of a made-up recording of the shape of real ones: grouped by device, in no order of time, with
 * late fixes, retransmissions, and every fourth tracker delivering what it took while it was offline for
 * hours. About half a fix per device and second, a third of them changes.
 *
 * Holds the fixes of one device.
 */
export function* generateRecording({
  devices = 4,
  duration = 7_200_000,
  seed = 1,
  start = Date.UTC(2021, 9, 23, 12, 30) * 1000,
}: GenerateOptions = {}): Generator<string, void, undefined> {
  const { device, latitude, longitude, event, arrival, speed } = RECORDING_COLUMNS;
  yield formatRow([device, latitude, longitude, event, arrival, speed]);
  const end = start + duration * 1000;
  const fleet = new Dice(seed);
  for (let i = 0, id = 6000; i < devices; i++) {
    id += fleet.whole(1, Math.ceil(9000 / devices));
    const dice = new Dice(fleet.whole(0, 2 ** 31 - 1));
    const offline = start - dice.whole(4, 8) * HOUR;
    const backlog = i % 4 === 3 ? [...drive(dice, offline, offline + Math.min(3 * HOUR, (end - start) / 2))] : [];
    const packets = [...deliver(dice, drive(dice, start - 10 * SECOND, end), backlog)];
    const inTime = dice.shuffled(packets).flat().filter((fix) => fix.arrival >= start && fix.arrival < end);
    for (const fix of inTime) yield row(String(id), fix);
  }
}

/** Event times in whole seconds, arrival times with 3 to 6 digits, as in the real recording. */
function row(id: string, fix: Delivered): string {
  const event = formatInstant(fix.event).replace(/\.\d+/, '');
  const arrival = formatInstant(fix.arrival).replace(/0{1,3}Z$/, 'Z');
  return formatRow([id, fix.latitude, fix.longitude, event, arrival, fix.speed]);
}
