import { count } from '../domain/counted.js';
import { formatInstant } from '../domain/instant.js';
import type { Gap } from './gapIn.js';
import type { Hold } from './Hold.js';
import type { StreamState } from './ReadStream.js';

/** What is missing in a partition of a stream, in words and numbers. */
export function describedGap({ partition, position }: Pick<Hold, 'partition' | 'position'>, gap: Gap, state: StreamState): string {
  const read = `message ${count(position.seq)}`;
  const there = state.last < state.first ? 'it is empty' : `it has messages ${count(state.first)} to ${count(state.last)}`;
  if (gap.kind === 'anew')
    return `the stream was created again at ${formatInstant(state.created)}; partition ${partition} of the one made at ${formatInstant(position.created)} had been read up to ${read}, and what came after that is lost; ${there}`;
  if (gap.kind === 'cut')
    return `the stream has lost its end: partition ${partition} had been read up to ${read}, and ${there}`;
  if (gap.kind === 'another')
    return `partition ${partition} had been read up to ${read}, which is no longer the one that was read: the partition was purged, or the stream had lost its end and has grown again; ${there}`;
  const [are, one] = gap.from === gap.to ? [`message ${count(gap.from)} is`, 'it'] : [`messages ${count(gap.from)} to ${count(gap.to)} are`, 'some of them'];
  return `${are} no longer in the stream, and partition ${partition} had been read up to ${read}: ${one} may have been of that partition`;
}
