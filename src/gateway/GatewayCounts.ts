import { Histogram } from './Histogram.js';
import type { Fault } from './read/Received.js';
import type { InFormName } from './read/IN_FORMS.js';

/** Types of messages of OwnTracks, and what Traccar forwards that is not a fix; all others are counted as one. */
const TYPES = [
  'beacon',
  'card',
  'cmd',
  'configuration',
  'dump',
  'lwt',
  'outdated',
  'request',
  'status',
  'steps',
  'transition',
  'waypoint',
  'waypoints',
];
const OTHER = 'other';

/** By which way something came. */
export type Way = 'http' | 'mqtt';

/** What a gateway has done since it was started. */
export class GatewayCounts {
  readonly fixes = new Map<`${Way} ${InFormName}`, number>();
  readonly rejected = new Map<Fault, number>();
  readonly dropped = new Map<string, number>();
  /** By route and status. */
  readonly requests = new Map<`${string} ${number}`, number>();
  /** Of MQTT. */
  messages = 0;
  /** From when something was given to the stream until the stream had it. */
  readonly acknowledgements = new Histogram();
  /** Fixes and records that wait for that, and about how many bytes they are. */
  waiting = 0;
  waitingBytes = 0;
  /** When the stream acknowledged something last, in ms of the steady clock. */
  acknowledged: number | undefined;

  drop(type: string): void {
    add(this.dropped, TYPES.includes(type) ? type : OTHER);
  }

  reject(fault: Fault): void {
    add(this.rejected, fault);
  }

  fix(way: Way, form: InFormName): void {
    add(this.fixes, `${way} ${form}`);
  }

  request(route: string, status: number): void {
    add(this.requests, `${route} ${status}`);
  }
}

function add<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
