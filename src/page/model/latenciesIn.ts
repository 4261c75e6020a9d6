import { catchError, concat, distinctUntilChanged, EMPTY, filter, map, merge, of, scan, skip, switchMap, type Observable } from 'rxjs';
import type { Instant } from '../../domain/instant.js';
import type { Ask } from '../api/getJson.js';
import type { Percentiles, ServedLatencies, Status } from '../api/served.js';
import { instantOf } from './instantOf.js';

const POINTS = 1800;

/** How soon changes could be read up to a moment of the stream, in ms. */
export interface Latency extends Pick<Percentiles, 'p50' | 'p95' | 'p99'> {
  readonly at: Instant;
}

export interface LatenciesInputs {
  readonly status$: Observable<Status>;
  /** Emits at once, and again when another log has taken the place of the one before. */
  readonly reset$: Observable<unknown>;
}

/**
 * How soon changes can be read beside a replay: what the server has kept, and then what each status says; in order, anew with
 * another log. Where there is no replay, nothing is asked. Holds 1,800 of them.
 */
export const latenciesIn = ({ status$, reset$ }: LatenciesInputs, ask: Ask): Observable<readonly Latency[]> => {
  const isMeasured$ = status$.pipe(map(({ figures }) => Boolean(figures?.end_to_end_ms)), distinctUntilChanged());
  const kept$ = ask<ServedLatencies>('/api/latencies').pipe(
    map(({ stream_times, end_to_end_ms: { p50, p95, p99 } }) =>
      stream_times.map((time, i): Latency => ({ at: instantOf(time), p50: p50[i]!, p95: p95[i]!, p99: p99[i]! })),
    ),
    catchError(() => of([])), // those to come are told by the status, which says what is wrong
  );
  const coming$ = status$.pipe(
    skip(1), // the status as it is, which may be of another log
    filter(({ figures, stream_time }) => Boolean(figures?.end_to_end_ms) && stream_time !== null),
    map(({ figures, stream_time }): readonly Latency[] => [{ at: instantOf(stream_time!), ...figures!.end_to_end_ms! }]),
  );
  const told$ = merge(of(undefined), isMeasured$.pipe(switchMap((isMeasured) => (isMeasured ? concat(kept$, coming$) : EMPTY))));
  return reset$.pipe(switchMap(() => told$.pipe(scan((points: readonly Latency[], more) => joined(points, more ?? []), []))));
};

function joined(points: readonly Latency[], more: readonly Latency[]): readonly Latency[] {
  return points.length === 0 ? more : more.reduce(put, points);
}

/** Adds one at the end; one of the same moment, or of an earlier one, takes the place of the last. */
function put(points: readonly Latency[], one: Latency): readonly Latency[] {
  const last = points.at(-1);
  const before = last !== undefined && one.at <= last.at ? points.slice(0, -1) : points;
  return [...before.slice(1 - POINTS), { ...one, at: Math.max(one.at, last?.at ?? one.at) }];
}
