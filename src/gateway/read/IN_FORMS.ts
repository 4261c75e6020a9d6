import type { Instant } from '../../domain/instant.js';
import { parseInstant } from '../../domain/instant.js';
import type { SpeedUnit } from '../../domain/Layout.js';
import { epochIn } from './epochIn.js';

/** A form in which fixes come: where each part of a fix stands, by the names that `fieldsIn` gives. */
export interface InForm {
  /** The first of these that is there; none where it is said beside the body. */
  readonly device: readonly string[];
  readonly latitude: string;
  readonly longitude: string;
  readonly event: string;
  readonly speed: string;
  /** What speeds are in; `undefined` if they stay as they are. */
  readonly speedUnit: SpeedUnit | undefined;
  /** Reads its times. */
  readonly timeOf: (text: string) => Instant | undefined;
  /** How times are to be written. */
  readonly times: string;
  /** What is left out of the further columns. */
  readonly left: readonly string[];
  /** What is left out of their names, where they begin with it. */
  readonly before: readonly string[];
}

const ISO = 'write it like 2021-10-23T12:32:45Z';
const NOTHING: readonly string[] = [];

/**
 * The forms that are understood.
 *
 * - `lastfix`: the JSON of lastfix, which its own outputs send
 * - `owntracks`: the location of OwnTracks (https://owntracks.org/booklet/tech/json/); its speeds are in km/h
 * - `traccar`: the JSON that Traccar forwards, whose speeds are in knots, and whose times were ms once and are ISO 8601
 * - `client`: the JSON that Traccar Client posts, whose speeds are in m/s
 * - `osmand`: the query of OsmAnd and of Traccar Client, whose speeds are in knots
 */
export const IN_FORMS = {
  lastfix: {
    device: ['device_id'],
    latitude: 'lat',
    longitude: 'lon',
    event: 'event_time',
    speed: 'speed',
    speedUnit: undefined,
    timeOf: parseInstant,
    times: ISO,
    left: ['time', 'seq'],
    before: NOTHING,
  },
  owntracks: {
    device: NOTHING,
    latitude: 'lat',
    longitude: 'lon',
    event: 'tst',
    speed: 'vel',
    speedUnit: 'km/h',
    timeOf: (text) => epochIn(text, 's'),
    times: 'write seconds since 1970',
    left: ['_type', 'topic'],
    before: NOTHING,
  },
  traccar: {
    device: ['device.uniqueId'],
    latitude: 'position.latitude',
    longitude: 'position.longitude',
    event: 'position.fixTime',
    speed: 'position.speed',
    speedUnit: 'kn',
    timeOf: (text) => epochIn(text, 'ms') ?? parseInstant(text),
    times: `write ms since 1970, or ${ISO.slice('write it '.length)}`,
    left: NOTHING,
    before: ['position.'],
  },
  client: {
    device: ['device_id', 'id'],
    latitude: 'location.coords.latitude',
    longitude: 'location.coords.longitude',
    event: 'location.timestamp',
    speed: 'location.coords.speed',
    speedUnit: 'm/s',
    timeOf: (text) => epochIn(text, 's or ms') ?? parseInstant(text),
    times: ISO,
    left: NOTHING,
    before: ['location.coords.', 'location.'],
  },
  osmand: {
    device: ['id', 'deviceid'],
    latitude: 'lat',
    longitude: 'lon',
    event: 'timestamp',
    speed: 'speed',
    speedUnit: 'kn',
    timeOf: (text) => epochIn(text, 's or ms') ?? parseInstant(text),
    times: `write seconds or ms since 1970, or ${ISO.slice('write it '.length)}`,
    left: NOTHING,
    before: NOTHING,
  },
} as const satisfies Readonly<Record<string, InForm>>;

export type InFormName = keyof typeof IN_FORMS;
