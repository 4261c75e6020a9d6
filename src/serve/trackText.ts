import type { Readable } from 'node:stream';
import type { Steps } from '../domain/finish.js';
import { formatInstant } from '../domain/instant.js';
import { mapInSteps } from '../domain/mapInSteps.js';
import type { TrackPage } from '../domain/Past.js';
import { fixObject } from '../domain/fixObject.js';
import { jsonBody } from './jsonBody.js';

/** A page of a track as JSON. */
export function* fixesText({ fixes, extra, copies, next }: TrackPage): Steps<Readable> {
  const texts = yield* mapInSteps(fixes, (fix) => JSON.stringify(fixObject(fix, extra)));
  return jsonBody('{"fixes":[', texts, `],"copies_left_out":${copies},"next":${JSON.stringify(next ?? null)}}`);
}

/** A page of a track as GeoJSON: a line, or a point. */
export function* lineText(device: string, { fixes, copies, next }: TrackPage): Steps<Readable> {
  const points = yield* mapInSteps(fixes, (fix) => JSON.stringify([Number(fix.longitude), Number(fix.latitude)]));
  const times = yield* mapInSteps(fixes, (fix) => `"${formatInstant(fix.arrival)}"`);
  const eventTimes = yield* mapInSteps(fixes, (fix) => `"${formatInstant(fix.event)}"`);
  const [geometry, coordinates] = points.length === 1 ? ['Point', points] : ['LineString', ['[', points, ']'] as const];
  const properties = [
    `"properties":{"device_id":${JSON.stringify(device)},"times":[`,
    times,
    '],"event_times":[',
    eventTimes,
    `],"copies_left_out":${copies},"next":${JSON.stringify(next ?? null)}}`,
  ];
  return jsonBody(`{"type":"Feature","geometry":{"type":"${geometry}","coordinates":`, ...coordinates, '},', ...properties, '}');
}
