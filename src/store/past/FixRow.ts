import type { Fix } from '../../domain/fix.js';

/** A row of a fix, with its times in µs. */
export interface FixRow {
  readonly device_id: string;
  readonly arrival: number;
  readonly event_time: number;
  readonly seq: number;
  readonly lat: number;
  readonly lon: number;
  readonly speed: number | null;
  readonly written: string | null;
  readonly further: Readonly<Record<string, string>> | null;
}

/** The µs of a time, as SQL: exact, and the same whatever time zone and style the session has. */
export function micros(time: string): string {
  return `(extract(epoch from ${time}) * 1000000)::int8`;
}

/** The columns of a `FixRow`, as SQL. @param row the name of a row of fixes, or of devices */
export function fixColumns(row: string): string {
  const times = ['arrival', 'event_time'].map((name) => `${micros(`${row}.${name}`)} as ${name}`);
  const others = ['device_id', 'seq', 'lat', 'lon', 'speed', 'written', 'further'].map((name) => `${row}.${name}`);
  return [...others, ...times].join(', ');
}

/** The fix of a row. @param extra the names of the extra columns */
export function fixIn({ device_id, arrival, event_time, lat, lon, speed, written, further }: FixRow, extra: readonly string[]): Fix {
  const [latitude, longitude, speedText] = written?.split(',') ?? [String(lat), String(lon), speed === null ? '' : String(speed)];
  return {
    device: device_id,
    arrival,
    event: event_time,
    latitude: latitude!,
    longitude: longitude!,
    speed: speedText!,
    extra: extra.map((name) => (further && Object.hasOwn(further, name) ? further[name]! : '')),
  };
}
