import { formatInstant } from '../domain/instant.js';
import { countsOf } from './countsOf.js';
import type { DeviceFindings } from './Findings.js';

export interface DeviceReport {
  readonly device_id: string;
  readonly fixes: number;
  readonly changes: number;
  readonly late: number;
  readonly duplicate: number;
  readonly conflict: number;
  readonly first_arrival: string;
  readonly last_arrival: string;
  /** Negative if its clock is ahead by that at least. */
  readonly worst_delay_seconds: number;
}

/** The devices with the most fixes, at most `max` of them; of equals those with the smaller ids. */
export function busiestDevices(devices: ReadonlyMap<string, DeviceFindings>, max: number): DeviceReport[] {
  return [...devices]
    .map(([device, found]) => ({ device, found, fixes: fixesOf(found) }))
    .sort((a, b) => b.fixes - a.fixes || (a.device < b.device ? -1 : 1))
    .slice(0, max)
    .map(({ device, found, fixes }) => ({
      device_id: device,
      fixes,
      ...countsOf(found),
      first_arrival: formatInstant(found.first),
      last_arrival: formatInstant(found.last),
      worst_delay_seconds: found.longest / 1e6,
    }));
}

function fixesOf({ verdicts: { change, late, duplicate, conflict } }: DeviceFindings): number {
  return change + late + duplicate + conflict;
}
