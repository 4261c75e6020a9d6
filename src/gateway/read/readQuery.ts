import { fixOf } from './fixOf.js';
import type { Received } from './Received.js';
import type { ReadOptions } from './ReadOptions.js';

/** A position as one parameter: `location=52.5,13.4`. */
const LOCATION = /^([^,]*),([^,]*)$/;

/** Reads a query, or a form of the web, as the fix of OsmAnd that it is. What stands in it twice counts once: the first. */
export function readQuery(query: string, options: ReadOptions): Received {
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) if (!fields.has(name)) fields.set(name, value);
  const [, latitude, longitude] = LOCATION.exec(fields.get('location') ?? '') ?? [];
  if (latitude !== undefined && !fields.has('lat') && !fields.has('lon')) {
    fields.delete('location');
    fields.set('lat', latitude).set('lon', longitude!);
  }
  return fixOf('osmand', fields, 1, query, { ...options, beside: {} });
}
