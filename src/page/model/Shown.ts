import type { Observable } from 'rxjs';
import type { Instant } from '../../domain/instant.js';
import type { Status } from '../api/served.js';
import type { Land } from '../map/Land.js';
import type { Ages } from './ageCounts.js';
import type { Heat } from './Heat.js';
import type { Latency } from './latenciesIn.js';
import type { Moment } from './Moment.js';
import type { Overview } from './Overview.js';
import type { Look } from './parseLink.js';
import type { Picture } from './Picture.js';
import type { Sighting } from './Sighting.js';
import type { Span } from './spanOf.js';
import type { Track } from './Track.js';
import type { View } from './View.js';
import type { Window } from './windowed.js';
import type { Zone } from './words.js';

/** All that the page shows, each shared: the newest is there for who comes later. */
export interface Shown {
  readonly status$: Observable<Status>;
  readonly lost$: Observable<boolean>;
  /** Whether the log grows, by a replay here or by another program. */
  readonly isRunning$: Observable<boolean>;
  /** From when to when the recording is, once something has arrived. */
  readonly span$: Observable<Span>;
  /** The stretch of it that the slider and the charts show. */
  readonly window$: Observable<Window>;
  /** What there is in that, by the clock in force. */
  readonly overview$: Observable<Overview>;
  /** How many devices had a fix of each age at some moments of it, and at the newest. */
  readonly ages$: Observable<readonly Ages[]>;
  /** How soon changes can be read, beside a replay. */
  readonly latencies$: Observable<readonly Latency[]>;
  /** The moment that somebody points at on the slider or in a chart. */
  readonly hover$: Observable<Instant | undefined>;
  readonly live$: Observable<Picture>;
  readonly picture$: Observable<Picture>;
  /** The same for words and lists: no more often than they can be read, and in a task of their own. */
  readonly calm$: Observable<Picture>;
  readonly view$: Observable<View>;
  /** While the view plays, again and again, but not in each frame. */
  readonly moment$: Observable<Moment>;
  readonly chosen$: Observable<string | undefined>;
  readonly track$: Observable<Track | undefined>;
  readonly reach$: Observable<number>;
  /** Whether the map follows the chosen device. */
  readonly follow$: Observable<boolean>;
  readonly look$: Observable<Look | undefined>;
  /** Whether the map shows where late fixes were. */
  readonly warm$: Observable<boolean>;
  /** Where they were, once that is known. */
  readonly heat$: Observable<Heat | undefined>;
  /** The fix that somebody points at. */
  readonly pointed$: Observable<Sighting | undefined>;
  readonly zone$: Observable<Zone>;
  /** What speeds are in, with a blank before it; nothing as long as that is not known. */
  readonly unit$: Observable<string>;
  /** The land below the fleet, once there is a fleet. */
  readonly land$: Observable<Land>;
  /** What went wrong, in words, each once. */
  readonly trouble$: Observable<string>;
}
