import type { Fix } from '../../src/domain/fix.js';

/** A fix as JSON must have it, with its age in µs if it was asked for as of a moment. */
export function jsonOf(fix: Fix, extra: readonly string[], age?: number): Readonly<Record<string, unknown>> {
  return {
    time: iso(fix.arrival),
    device_id: fix.device,
    lat: Number(fix.latitude) + 0, // JSON has no -0
    lon: Number(fix.longitude) + 0,
    speed: fix.speed === '' ? null : Number(fix.speed) + 0,
    event_time: iso(fix.event),
    ...Object.fromEntries(extra.map((name, i) => [name, fix.extra[i]])),
    ...(age === undefined ? {} : { age_seconds: age / 1e6 }),
  };
}

function iso(micros: number): string {
  const millis = Math.floor(micros / 1000);
  return new Date(millis).toISOString().replace('Z', `${String(micros - millis * 1000).padStart(3, '0')}Z`);
}
