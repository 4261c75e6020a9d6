import { defer, of, switchMap, throwError, timer, type Observable } from 'rxjs';
import { changesOf } from '../../../src/page/api/changesOf.js';
import { fleetsOf } from '../../../src/page/api/fleetsOf.js';
import type { Ask } from '../../../src/page/api/getJson.js';
import { Refused } from '../../../src/page/api/Refused.js';
import type { AskChanges, AskFleet } from '../../../src/page/api/Server.js';
import type { Clock, ServedChanges, ServedFix } from '../../../src/page/api/served.js';

/** The fix of each device as of a moment by one clock, found by looking at all fixes. */
export function fleetAt(fixes: readonly ServedFix[], at: string, by: Clock): readonly ServedFix[] {
  const known = fixes.filter((fix) => (by === 'arrival' ? fix.time : fix.event_time) <= at);
  const devices = [...new Set(known.map((fix) => fix.device_id))].sort();
  return devices.map((device) => {
    const own = known.filter((fix) => fix.device_id === device);
    const newest = own.map((fix) => fix.event_time).sort().at(-1)!;
    return own.filter((fix) => fix.event_time === newest).sort((a, b) => (a.time < b.time ? -1 : 1))[0]!;
  });
}

/** The fixes of a span by one clock, in its order, and which of them were changes when they arrived; so many at most. */
export function changesIn(
  fixes: readonly ServedFix[],
  { from, to, by, limit = Infinity }: { readonly from: string; readonly to: string; readonly by: Clock; readonly limit?: number },
): ServedChanges {
  const newest = new Map<string, string>();
  const isChange = new Map<ServedFix, boolean>();
  for (const fix of fixes.toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))) {
    isChange.set(fix, fix.event_time > (newest.get(fix.device_id) ?? ''));
    if (isChange.get(fix)) newest.set(fix.device_id, fix.event_time);
  }
  const [own, other] = by === 'arrival' ? (['time', 'event_time'] as const) : (['event_time', 'time'] as const);
  const within = fixes
    .filter((fix) => fix[own] >= from && fix[own] <= to)
    .sort((a, b) => (a[own] + a[other] < b[own] + b[other] ? -1 : 1));
  const page = within.slice(0, limit);
  return {
    changes: page.filter((fix) => isChange.get(fix)),
    late: page.filter((fix) => !isChange.get(fix)),
    next: within.length > limit ? 'more' : null,
  };
}

interface Asked {
  readonly at?: string;
  readonly from?: string;
  readonly to?: string;
  readonly by: Clock;
  readonly limit?: number;
}

/** A server of these fixes that answers at once, or after some ms; `asked` has the moments that it was asked for. */
export function fleetServer(
  fixes: readonly ServedFix[],
  after?: number,
): { readonly ask: Ask; readonly askFleet: AskFleet; readonly askChanges: AskChanges; readonly asked: string[] } {
  const asked: string[] = [];
  const answer = (path: string, { at, from, to, by, limit }: Asked): Observable<unknown> => {
    asked.push(at ?? to!);
    if (at === undefined) return of(changesIn(fixes, { from: from!, to: to!, by, limit: limit! }));
    const fleet = fleetAt(fixes, at, by);
    const device = /^\/api\/devices\/(.*)\/fix$/.exec(path)?.[1];
    if (device === undefined) return of({ at, fixes: fleet });
    const fix = fleet.find(({ device_id }) => device_id === device);
    return fix === undefined ? throwError(() => new Refused('later', `device ${device} is known only later`)) : of(fix);
  };
  const ask = ((path: string, parameters: Asked) =>
    defer(() => {
      const answer$ = answer(path, parameters);
      return after === undefined ? answer$ : timer(after).pipe(switchMap(() => answer$));
    })) as unknown as Ask;
  return { ask, askFleet: fleetsOf(ask), askChanges: changesOf(ask), asked };
}
