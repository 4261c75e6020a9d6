import type { Readable } from 'node:stream';
import type { Steps } from '../domain/finish.js';
import { formatInstant } from '../domain/instant.js';
import { mapInSteps } from '../domain/mapInSteps.js';
import { fixObject } from '../domain/fixObject.js';
import { jsonBody } from './jsonBody.js';
import type { TrackPage } from './pageOf.js';

/** A page of a track as JSON. */
export function* fixesText({ passed, copies, next }: TrackPage, extra: readonly string[]): Steps<Readable> {
  const fixes = yield* mapInSteps(passed, ({ fix }) => JSON.stringify(fixObject(fix, extra)));
  return jsonBody('{"fixes":[', fixes, `],"copies_left_out":${copies},"next":${JSON.stringify(next)}}`);
}

/** A page of a track as GeoJSON: a line, or a point. */
export function* lineText(device: string, { passed, copies, next }: TrackPage): Steps<Readable> {
  const points = yield* mapInSteps(passed, ({ fix }) => JSON.stringify([Number(fix.longitude), Number(fix.latitude)]));
  const times = yield* mapInSteps(passed, ({ fix }) => `"${formatInstant(fix.arrival)}"`);
  const eventTimes = yield* mapInSteps(passed, ({ fix }) => `"${formatInstant(fix.event)}"`);
  const [geometry, coordinates] = points.length === 1 ? ['Point', points] : ['LineString', ['[', points, ']'] as const];
  const properties = [
    `"properties":{"device_id":${JSON.stringify(device)},"times":[`,
    times,
    '],"event_times":[',
    eventTimes,
    `],"copies_left_out":${copies},"next":${JSON.stringify(next)}}`,
  ];
  return jsonBody(`{"type":"Feature","geometry":{"type":"${geometry}","coordinates":`, ...coordinates, '},', ...properties, '}');
}
