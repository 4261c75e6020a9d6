import { defer, of, switchMap, throwError, timer, type Observable } from 'rxjs';
import { fleetsOf } from '../../../src/page/api/fleetsOf.js';
import type { Ask } from '../../../src/page/api/getJson.js';
import { Refused } from '../../../src/page/api/Refused.js';
import type { AskFleet } from '../../../src/page/api/Server.js';
import type { Clock, ServedFix } from '../../../src/page/api/served.js';

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

/** A server of these fixes that answers at once, or after some ms; `asked` has the moments that it was asked for. */
export function fleetServer(
  fixes: readonly ServedFix[],
  after?: number,
): { readonly ask: Ask; readonly askFleet: AskFleet; readonly asked: string[] } {
  const asked: string[] = [];
  const answer = (path: string, { at, by }: { readonly at: string; readonly by: Clock }): Observable<unknown> => {
    asked.push(at);
    const fleet = fleetAt(fixes, at, by);
    const device = /^\/api\/devices\/(.*)\/fix$/.exec(path)?.[1];
    if (device === undefined) return of({ at, fixes: fleet });
    const fix = fleet.find(({ device_id }) => device_id === device);
    return fix === undefined ? throwError(() => new Refused('later', `device ${device} is known only later`)) : of(fix);
  };
  const ask = ((path: string, parameters: { at: string; by: Clock }) =>
    defer(() => {
      const answer$ = answer(path, parameters);
      return after === undefined ? answer$ : timer(after).pipe(switchMap(() => answer$));
    })) as unknown as Ask;
  return { ask, askFleet: fleetsOf(ask), asked };
}
