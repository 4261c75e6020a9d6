import { defaultIfEmpty, defer, last, map, scan, takeWhile, type OperatorFunction } from 'rxjs';
import type { Fix } from '../domain/fix.js';
import type { Instant } from '../domain/instant.js';
import { judgeFix } from '../domain/latest.js';

/** What was known of a device at a moment. */
export type Answer =
  /** Its latest fix then, and how many µs old that was: the asked moment less the event time. */
  | { readonly known: 'fix'; readonly fix: Fix; readonly asked: Instant; readonly age: number }
  /** Nothing yet: its first fix arrived later. */
  | { readonly known: 'only later'; readonly asked: Instant; readonly first: Instant }
  /** Nothing at all: the stream has no such device, only these. */
  | { readonly known: 'nothing'; readonly devices: ReadonlySet<string> };

interface Seen {
  readonly latest: Fix | undefined;
  readonly first: Instant | undefined;
  readonly end: Instant;
}

/**
 * The latest fix of a device as of a moment, judged by what had arrived by then, that moment included; by
 * the end of the stream if no moment is given. What arrived before the one above it in the stream counts from then on.
 *
 *     source        a1   b1   a2   a3   |        in arrival order
 *     a as of 2     ---------------(A|)          A = a2, as soon as something later is seen
 *     a             --------------------(A|)     A = a3
 *
 * One answer, also for an empty stream. Errors pass on. Holds the ids of the devices seen.
 */
export const asOf =
  (device: string, at?: Instant): OperatorFunction<Fix, Answer> =>
  (source) =>
    defer(() => {
      const devices = new Set<string>();
      const look = ({ latest, first, end: before }: Seen, fix: Fix): Seen => {
        devices.add(fix.device);
        const end = Math.max(before, fix.arrival);
        if (fix.device !== device) return { latest, first, end };
        const counts = (at === undefined || end <= at) && judgeFix(latest, fix) === 'change';
        return { latest: counts ? fix : latest, first: first ?? end, end };
      };
      const nothing: Seen = { latest: undefined, first: undefined, end: -Infinity };
      return source.pipe(
        scan(look, nothing),
        takeWhile(({ first, end }) => at === undefined || end <= at || first === undefined, true),
        defaultIfEmpty(nothing),
        last(),
        map(({ latest, first, end }): Answer => {
          const asked = at ?? end;
          if (latest) return { known: 'fix', fix: latest, asked, age: asked - latest.event };
          return first === undefined ? { known: 'nothing', devices } : { known: 'only later', asked, first };
        }),
      );
    });
