import { createHash, randomUUID } from 'node:crypto';
import type { Recording } from '../../index.js';
import { originOf } from './originOf.js';
import type { ReplaySettings } from './replaySettings.js';

/** What a recording is known by. */
export type Named = Pick<Recording, 'content' | 'readings'>;

/** What does not change which fixes there are, or stands in the name as it is. */
const ELSEWHERE = ['input_bytes', 'input_sha256', 'until', 'coalesce'];
/** How many digits tell apart in which ways a recording is read. */
const DIGITS = 16;

/**
 * What a recording is called as a source of a store: the same whenever its fixes are the same and in the same order, which
 * depends on its bytes, on how they are read and on how its times are shifted. One that is streamed is never another's.
 */
export function sourceOf(recording: Named, settings: ReplaySettings, rebasedBy: number | undefined): string {
  const unshifted = sourceBeforeShift(recording, settings);
  return rebasedBy === undefined ? unshifted : `${unshifted}${SHIFTED}${rebasedBy} s`;
}

/** What stands between the name of a recording and by how much its times are shifted. */
export const SHIFTED = ' rebased by ';

/** What a recording is called whose times are as they are. */
export function sourceBeforeShift(recording: Named, settings: ReplaySettings): string {
  if (!recording.content) return `stream ${randomUUID()}`;
  const reading = Object.entries(originOf(recording, settings, undefined)).filter(([name]) => !ELSEWHERE.includes(name));
  const way = createHash('sha256').update(JSON.stringify(reading)).digest('hex').slice(0, DIGITS);
  return `recording ${recording.content.sha256} read as ${way}`;
}
