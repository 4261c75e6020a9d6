import type { Appended, Cursor } from '../../domain/Appended.js';
import { appendedOf } from './appendedOf.js';
import { commitsAfter } from './commitsAfter.js';
import type { Queries } from '../Database.js';
import { feedAfter } from './feedAfter.js';
import { stateOf } from './stateOf.js';
import { formatStoreCursor, isReached, parseStoreCursor, reachOf } from './StoreCursor.js';

/**
 * What was committed to a store after a cursor, in the order of the commits; `reset` if the cursor is of another store, or of
 * a commit that is no longer the same, or no longer there; `undefined` if there is nothing new, or in a copy that is behind. A
 * row whose verdict was taken back is told again, as `corrected`, by the commit that did that: that is so as well if it does it
 * meanwhile, so that the statements need not see one state. Holds some 4,096 rows.
 *
 * @param schema its name, quoted
 */
export async function appendedIn(queries: Queries, schema: string, after: Cursor, upTo?: Cursor): Promise<Appended | undefined> {
  const state = await stateOf(queries, schema);
  const from = parseStoreCursor(after);
  const start = formatStoreCursor({ pos: 0, at: 0, row: undefined, id: state.id });
  const reset: Appended = { type: 'reset', from: after, to: start, changes: [], late: [], isFull: true };
  if (from?.id !== state.id) return reset;
  const asked = upTo === undefined ? undefined : parseStoreCursor(upTo);
  const end = asked?.id === state.id && asked.pos < state.pos ? asked : state;
  if (reachOf(from) > state.pos) return state.is_copy ? undefined : reset;
  if (isReached(from, end)) return from.pos === state.pos && from.at !== state.at ? reset : undefined;
  const commits = await commitsAfter(queries, schema, from, end);
  if (!commits) return reset;
  const { rows, to } = await feedAfter(queries, schema, { from, upTo: end, commits });
  const finalUntil = state.final_until ?? undefined;
  return { type: 'rows', from: after, to: formatStoreCursor(to), ...appendedOf(rows, state.extra), finalUntil, isFull: !isReached(to, end) };
}
