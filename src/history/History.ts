import type { Cursor, LateFix } from '../domain/Appended.js';
import type { Bounds } from '../domain/boundsOf.js';
import { Copies, copied } from '../domain/Copies.js';
import { finish, type Steps } from '../domain/finish.js';
import type { Fix } from '../domain/fix.js';
import type { Histogram, HistogramSpan } from '../domain/Histogram.js';
import type { Instant } from '../domain/instant.js';
import type { Verdict } from '../domain/latest.js';
import type { Span } from '../domain/Past.js';
import { DamagedIndex } from '../lookup/DamagedIndex.js';
import { hashOf } from '../lookup/hashOf.js';
import type { IndexedCsv, LogPlace } from '../lookup/IndexedCsv.js';
import { merge, type Ordered } from '../domain/merge.js';
import { sortedInSteps } from '../domain/sortedInSteps.js';
import type { Run, Segment } from '../lookup/Segment.js';
import { endOf } from '../tail/LogCursor.js';
import { firstOf, lastOf } from './firstOf.js';
import { histogramIn } from './histogramIn.js';
import { newestPlace, newestPlaces } from './newestPlaces.js';
import { inPlacedOrder, placed, type Placed } from './Placed.js';
import { placesIn } from './placesIn.js';
import { searched, type Searched } from './Searched.js';
import { trackIn } from './trackIn.js';

/** So that the counts of the longest units are added up. */
const FEWEST_BINS = 2;

/** Which fixes of a span a track has. */
interface TrackPart {
  /** Only those that come after this one. Default: from the first on. */
  readonly after?: Placed | undefined;
  /** Only those at these places. Default: at all. */
  readonly isIn?: (place: Placed) => boolean;
}

/** A fix of a track, and where it was found: to go on from there. */
export interface Passed {
  readonly fix: Fix;
  readonly place: Placed;
  /** Whether it is a copy of one before it: in the order of event times, of the same moment with the same position and speed. */
  readonly isCopy: boolean;
}

/**
 * All fixes of a log and its late file, to be asked for by device and time, on either clock.
 *
 * The newest fix within bounds is the newest by event time, and of several equally new ones the one that
 * arrived first: what `judge` leaves of them, given one after the other in the order of the stream.
 *
 * Reads synchronously, a few pages of 4 KiB for a question, so that one takes microseconds; what takes longer can be
 * done in steps, of some microseconds each. Each method throws DamagedIndex if that is what it finds.
 */
export class History {
  /** The first and the last arrival, of whatever device and in whichever of the files; `undefined` if there is none. */
  readonly start: Instant | undefined;
  readonly end: Instant | undefined;
  readonly #files: readonly IndexedCsv[];
  /** Those of each file, the last first, since what is newest is there. */
  readonly #searched: readonly (readonly Searched[])[];
  readonly #segments: readonly Searched[];
  #changes: History | undefined;

  /**
   * @param files with the same extra columns: the changes, then the others
   * @param run which run they are of, as of `whichRun`
   */
  constructor(files: readonly IndexedCsv[], readonly run: string) {
    this.#files = files;
    this.#searched = files.map(({ segments }, file) => searched(segments.toReversed(), file));
    this.#segments = this.#searched.flat();
    this.start = firstOf(this.#segments.map(({ segment }) => segment.minArrival));
    this.end = lastOf(this.#segments.map(({ segment }) => segment.maxArrival));
  }

  /** The names of the extra columns. */
  get extra(): readonly string[] {
    return this.#files[0]!.extra;
  }

  /** Up to where each of the files was read. */
  get places(): readonly LogPlace[] {
    return this.#files.map(({ place }) => place);
  }

  /** Where all that it has ends. */
  get cursor(): Cursor {
    return endOf(this);
  }

  /** How many rows each of the files has. */
  get rows(): readonly number[] {
    return this.#files.map(({ segments }) => segments.reduce((sum, { rows }) => sum + rows, 0));
  }

  /** The changes alone, which are what was known at a time. */
  get changes(): History {
    return (this.#changes ??= this.#files.length === 1 ? this : new History(this.#files.slice(0, 1), this.run));
  }

  /** The newest fix of a device within bounds. */
  newest(device: string, bounds: Bounds): Fix | undefined {
    return finish(this.newestInSteps(device, bounds));
  }

  *newestInSteps(device: string, bounds: Bounds): Steps<Fix | undefined> {
    const place = yield* newestPlace(this.#searched, hashOf(device), bounds);
    return place && this.#fix(place, device);
  }

  /** The newest fix of every device within bounds, by their ids. Holds one for each. */
  newestOfAll(bounds: Bounds): readonly Fix[] {
    return finish(this.newestOfAllInSteps(bounds));
  }

  *newestOfAllInSteps(bounds: Bounds): Steps<readonly Fix[]> {
    const fixes: Fix[] = [];
    for (const place of yield* newestPlaces(this.#segments, bounds)) {
      fixes.push(this.#fix(place));
      yield;
    }
    return yield* sortedInSteps(fixes, (a, b) => (a.device < b.device ? -1 : 1));
  }

  /** The ids of all devices. */
  devices(): ReadonlySet<string> {
    return finish(this.devicesInSteps());
  }

  *devicesInSteps(): Steps<Set<string>> {
    const ids = new Set<string>();
    for (const { segment } of this.#segments) {
      for (const some of segment.newDevices()) {
        for (const id of some) ids.add(id);
        yield;
      }
    }
    return ids;
  }

  /** The first arrival of a device; `undefined` if there is none. */
  firstArrival(device: string): Instant | undefined {
    return firstOf(this.#runs(device).map(({ run }) => run.minArrival));
  }

  /** The first event of a device among what had arrived at a moment. */
  firstEvent(device: string, arrival: Instant): Instant | undefined {
    return finish(this.firstEventInSteps(device, arrival));
  }

  *firstEventInSteps(device: string, arrival: Instant): Steps<Instant | undefined> {
    let first: Instant | undefined;
    for (const { segment, run } of this.#runs(device)) {
      for (const entry of trackIn(segment, run, { by: 'event', from: -Infinity, to: Infinity, knownAt: arrival })) {
        if (entry) {
          first = Math.min(first ?? entry.event, entry.event);
          break;
        }
        yield;
      }
    }
    return first;
  }

  /**
   * The fixes of a device within a span, in the order of its clock; those of one moment in that of the other,
   * then changes first. Holds one entry a segment, or, by arrival, those of the segments that overlap in which
   * fixes arrived in another order than they were taken in.
   */
  *track(device: string, span: Span, part?: TrackPart): Generator<Passed, void, undefined> {
    for (const passed of this.trackInSteps(device, span, part)) if (passed) yield passed;
  }

  /** As `track`; `undefined` is not a fix, but a step towards the next. */
  *trackInSteps(device: string, span: Span, { after, isIn = () => true }: TrackPart = {}): Generator<Passed | undefined, void, undefined> {
    const compare = inPlacedOrder(span.by);
    const sources = this.#runs(device).map(({ file, segment, run }): Ordered<Placed> => ({
      min: span.by === 'event' ? run.minEvent : run.minArrival,
      items: function* () {
        for (const entry of trackIn(segment, run, span)) {
          const place = entry && placed(file, entry);
          yield place && isIn(place) ? place : undefined;
        }
      },
    }));
    const copies = span.by === 'event' ? new Copies() : undefined;
    for (const place of merge(sources, (found) => found[span.by], compare)) {
      const isNext = place && (!after || compare(place, after) > 0);
      if (!place || (!isNext && place[span.by] !== after?.[span.by])) {
        yield undefined;
        continue;
      }
      const fix = this.#fix(place, device); // of the moment of `after`, too, since others may be copies of it
      const isCopy = copies?.isCopy(copied(fix)) ?? false;
      yield isNext ? { fix, place, isCopy } : undefined;
    }
  }

  /** Where the fixes of all devices within a span are, in the order of its clock, some at a time; `undefined` is a step. */
  placesInSteps(span: Span, wanted: number): Generator<readonly Placed[] | undefined, void, undefined> {
    return placesIn(this.#segments, span, wanted);
  }

  /** The row at a place; one that is not a change, with the reason. */
  row(place: Placed): LateFix {
    return this.#files[place.file]!.row(place);
  }

  /** How many fixes of each kind there are in each bin of a span. */
  histogram(span: HistogramSpan, bins: number): Histogram {
    return finish(this.histogramInSteps(span, bins));
  }

  *histogramInSteps(span: HistogramSpan, most: number): Steps<Histogram> {
    const segments = this.#segments.map(({ segment }) => segment);
    return { ...(yield* histogramIn(segments, span, most)), cursor: this.cursor };
  }

  /** How many rows there are of each kind, by the counts of the index. */
  *verdictsInSteps(): Steps<Readonly<Record<Verdict, number>>> {
    const { changes, late, duplicates, conflicts } = yield* this.histogramInSteps({ by: 'arrival', from: -Infinity, to: Infinity }, FEWEST_BINS);
    const [change, ...others] = [changes, late, duplicates, conflicts].map((kind) => kind.reduce((sum, count) => sum + count, 0));
    return { change: change!, late: others[0]!, duplicate: others[1]!, conflict: others[2]! };
  }

  async close(): Promise<void> {
    for (const file of this.#files) await file.close();
  }

  #fix(place: Placed, device?: string): Fix {
    const fix = this.#files[place.file]!.fix(place);
    if (device !== undefined && fix.device !== device) throw new DamagedIndex(`the row at byte ${place.start} is of another device`);
    return fix;
  }

  #runs(device: string): { readonly file: number; readonly segment: Segment; readonly run: Run }[] {
    const hash = hashOf(device);
    return this.#segments.flatMap(({ file, segment }) => {
      const run = segment.find(hash);
      return run ? [{ file, segment, run }] : [];
    });
  }
}
