import { instantOf } from '../model/instantOf.js';
import { sighting } from '../model/Sighting.js';
import type { Flush } from './Server.js';
import type { ServedFlush } from './served.js';

/** What a flush wrote, read from what the server gave. */
export const flushOf = ({ stream_time, changes, late }: ServedFlush): Flush => ({
  at: instantOf(stream_time),
  changes: changes.map(sighting),
  late: late.map(sighting),
});
