import type { Bounds } from '../domain/boundsOf.js';
import type { Steps } from '../domain/finish.js';
import { newestIn } from '../lookup/newestIn.js';
import { partitionPoint } from '../lookup/partitionPoint.js';
import type { Entry } from '../lookup/Segment.js';
import { better } from './better.js';
import { placed, type Placed } from './Placed.js';
import { isBeyond, type Searched } from './Searched.js';

/** Where the newest fix within bounds is of the device with a hash. @param files what is searched of each */
export function* newestPlace(files: readonly (readonly Searched[])[], hash: string, bounds: Bounds): Steps<Placed | undefined> {
  let best: Placed | undefined;
  for (const segments of files) {
    let i = partitionPoint(0, segments.length, (i) => isBeyond(segments[i]!, bounds));
    for (; i < segments.length && !(best && segments[i]!.maxEvent < best.event); i++) {
      const { file, segment } = segments[i]!;
      const run = isBeyond(segment, bounds, best) ? undefined : segment.find(hash);
      if (!run) continue;
      best = better(best, placedIn(file, newestIn(segment, run, bounds, best?.event)));
      yield;
    }
  }
  return best;
}

/** Where the newest fix of every device within bounds is. Holds one for each. */
export function* newestPlaces(segments: readonly Searched[], bounds: Bounds): Steps<Iterable<Placed>> {
  const bests = new Map<string, Placed>();
  for (const { file, segment } of segments) {
    for (const run of isBeyond(segment, bounds) ? [] : segment.runs()) {
      const best = bests.get(run.hash);
      const found = better(best, placedIn(file, newestIn(segment, run, bounds, best?.event)));
      if (found && found !== best) bests.set(run.hash, found);
      yield;
    }
  }
  return bests.values();
}

function placedIn(file: number, entry: Entry | undefined): Placed | undefined {
  return entry && placed(file, entry);
}
