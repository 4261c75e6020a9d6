import { parseInstant, type Instant } from '../domain/instant.js';
import type { Verdict } from '../domain/latest.js';
import type { FoundRow, StoreRow } from './StoreRow.js';

/** What is read of a row of `fixes` to judge it. */
export interface FixRecord {
  readonly device_id: string;
  readonly arrival: string;
  readonly seq: number;
  readonly event_time: string;
  readonly lat: number;
  readonly lon: number;
  readonly speed: number | null;
  readonly written: string | null;
  readonly further: string | null;
  readonly verdict: Verdict;
}

/** What is read of a row of `devices`: without an arrival if it has no latest fix yet. */
export interface DeviceRecord extends Omit<FixRecord, 'arrival' | 'verdict'> {
  readonly arrival: string | null;
  readonly first_arrival: string | null;
  readonly last_arrival: string | null;
  readonly last_seq: number | null;
}

/** An instant as PostgreSQL writes it. */
export function instantOf(text: string): Instant {
  return parseInstant(text)!;
}

/** A row of `fixes` as it is judged. */
export function foundRow(record: FixRecord): FoundRow {
  const { device_id: device, arrival, seq, event_time: event, lat, lon, speed, written, further, verdict } = record;
  return { device, arrival: instantOf(arrival), seq, event: instantOf(event), lat, lon, speed, written, further, verdict };
}

/** The latest fix of a device. */
export function heldRow(record: DeviceRecord): StoreRow | undefined {
  const { device_id: device, arrival, seq, event_time: event, lat, lon, speed, written, further } = record;
  if (arrival === null) return undefined;
  return { device, arrival: instantOf(arrival), seq, event: instantOf(event), lat, lon, speed, written, further };
}
