import type { Moment } from '../../domain/Past.js';
import type { Parameter, Queries } from '../Database.js';
import { newestSql } from './newestSql.js';
import { stateOf, type StoreState } from './stateOf.js';
import { fixColumns, type FixRow } from './FixRow.js';

/** What there is to say of all devices, in no particular order, and the state that it is of. */
export interface NewestRows {
  readonly state: StoreState;
  readonly rows: readonly FixRow[];
}

/**
 * The rows of the newest fixes of all devices as of a moment, or of `only` one. What is known now stands in the rows of the
 * devices.
 *
 * @param queries of one state
 * @param schema its name, quoted
 */
export async function askNewestOfAll(queries: Queries, schema: string, moment: Moment, only: string | undefined): Promise<NewestRows> {
  const state = await stateOf(queries, schema);
  const parameters: Parameter[] = [];
  const add = (parameter: string) => `$${parameters.push(parameter)}`;
  const devices = `${schema}.devices device`;
  const isNow = moment.at === undefined && moment.knownAt === undefined;
  const lateral = () => {
    const { prelude, newest } = newestSql({ fixes: `${schema}.fixes`, device: 'device.device_id', add }, moment);
    return `${devices} cross join lateral (${prelude} ${newest}) fix`;
  };
  const which = only === undefined ? '' : `where device.device_id = ${add(only)}`;
  const sql = `select ${fixColumns(isNow ? 'device' : 'fix')} from ${isNow ? devices : lateral()} ${which}`;
  const { rows } = await queries.query<FixRow>(sql, parameters);
  return { state, rows };
}
