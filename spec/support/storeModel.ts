import { expect } from 'chai';
import type { Database } from '../../src/store/Database.js';
import type { StoreRow } from '../../src/store/StoreRow.js';

/** What is told of a row: its identity, its contents and its verdict. */
type Told = readonly [device: string, arrival: string, seq: number, event: string, ...rest: unknown[]];

/** Rows as a store must have them, found by sorting and looping: each once, and judged in the order of arrivals. */
export function storeModel(rows: readonly StoreRow[]) {
  const unique = new Map<string, StoreRow>();
  for (const row of rows) if (!unique.has(keyOf(row))) unique.set(keyOf(row), row);
  const sorted = [...unique.values()].sort((a, b) => a.arrival - b.arrival || a.seq - b.seq);
  const latest = new Map<string, StoreRow>();
  const counts = new Map<string, Record<string, number>>();
  const told = sorted.map((row): Told => {
    const held = latest.get(row.device);
    const isSame = held?.lat === row.lat && held.lon === row.lon && held.speed === row.speed;
    const verdict = !held || row.event > held.event ? 'change' : row.event < held.event ? 'late' : isSame ? 'duplicate' : 'conflict';
    if (verdict === 'change') latest.set(row.device, row);
    const own = counts.get(row.device) ?? { change: 0, late: 0, duplicate: 0, conflict: 0 };
    counts.set(row.device, { ...own, [verdict]: own[verdict]! + 1 });
    return [...contents(row), verdict];
  });
  const ids = [...latest.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const of = (device: string) => sorted.filter((row) => row.device === device);
  const devices = ids.map((device) => {
    const [own, all] = [counts.get(device)!, of(device)];
    const last = all.at(-1)!;
    return [...contents(latest.get(device)!), iso(all[0]!.arrival), iso(last.arrival), last.seq, all.length, ...Object.values(own)];
  });
  const total = (verdict: string) => [...counts.values()].reduce((sum, own) => sum + own[verdict]!, 0);
  const changes = told.filter((row) => row.at(-1) === 'change');
  const head = [
    sorted.length,
    ...['change', 'late', 'duplicate', 'conflict'].map(total),
    ids.length,
    ...(sorted.length > 0 ? [iso(sorted[0]!.arrival), iso(sorted.at(-1)!.arrival), changes.at(-1)![1]] : [null, null, null]),
  ];
  return { rows: told, devices, head };
}

/** The same of a store. */
export async function storeState(database: Database, schema = 'lastfix') {
  const lists = async (sql: string) =>
    (await database.reading((queries) => queries.query<{ list: unknown[] }>(sql))).rows.map(({ list }) => list);
  const time = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
  const contents = `device_id, ${time('arrival')}, seq, ${time('event_time')}, lat, lon, speed, written, further`;
  const [head = []] = await lists(`select json_build_array(fixes, changes, late, duplicate, conflict, devices,
    ${time('first_arrival')}, ${time('last_arrival')}, ${time('last_change')}) as list from ${schema}.head`);
  return {
    rows: await lists(`select json_build_array(${contents}, verdict) as list from ${schema}.fixes f order by f.arrival, f.seq`),
    devices: await lists(`select json_build_array(${contents}, ${time('first_arrival')}, ${time('last_arrival')}, last_seq,
      fixes, changes, late, duplicate, conflict) as list from ${schema}.devices order by device_id`),
    head,
  };
}

/** Follows the commits of a store as a client does. Holds what it was told of each row last. */
export class StoreFollower {
  pos = 0;
  readonly told = new Map<string, string>();

  /** Reads what has been committed since. @throws if a place is missing, or a row comes again that was not corrected */
  async follow(database: Database, schema = 'lastfix'): Promise<void> {
    const { rows: commits } = await database.query<{ pos: number; batch: number; fixes: number; corrected: number }>(
      `select pos, batch, fixes, corrected from ${schema}.commits where pos > $1 order by pos`,
      [this.pos],
    );
    for (const { pos, batch } of commits) {
      expect(pos).to.equal(this.pos + 1);
      const { rows } = await database.query<{ device_id: string; arrival: string; seq: number; verdict: string; corrected: boolean }>(
        `select device_id, arrival, seq, verdict, corrected from ${schema}.fixes where batch = $1`,
        [batch],
      );
      for (const { device_id, seq, verdict, corrected } of rows) {
        const key = `${device_id} ${seq}`;
        if (this.told.has(key) && this.told.get(key) !== verdict) expect(corrected, key).to.equal(true);
        this.told.set(key, verdict);
      }
      this.pos = pos; // only now, since the database may go away meanwhile
    }
  }
}

/** Makes sure that a store, and what a follower was told, are as if all rows had come in their order. */
export async function expectStore(database: Database, rows: readonly StoreRow[], follower?: StoreFollower): Promise<void> {
  const [state, model] = [await storeState(database), storeModel(rows)];
  expect(state.head).to.deep.equal(model.head);
  expectLists(state.devices, model.devices);
  expectLists(state.rows, model.rows);
  if (!follower) return;
  await follower.follow(database);
  const told = [...follower.told].sort(([a], [b]) => (a < b ? -1 : 1));
  expectLists(told, model.rows.map((row) => [`${row[0]} ${row[2]}`, row.at(-1)] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Compares long lists by their items: `deep.equal` of all would take its time. */
function expectLists(is: readonly unknown[], should: readonly unknown[]): void {
  for (let i = 0; i < Math.max(is.length, should.length); i++)
    if (JSON.stringify(is[i]) !== JSON.stringify(should[i])) expect(is[i], `item ${i}`).to.deep.equal(should[i]);
}

function contents({ device, arrival, seq, event, lat, lon, speed, written, further }: StoreRow): Told {
  return [device, iso(arrival), seq, iso(event), lat, lon, speed, written, further === null ? null : JSON.parse(further)];
}

function keyOf({ device, arrival, seq }: StoreRow): string {
  return JSON.stringify([device, arrival, seq]);
}

function iso(micros: number): string {
  const millis = Math.floor(micros / 1000);
  return new Date(millis).toISOString().replace('Z', `${String(micros - millis * 1000).padStart(3, '0')}Z`);
}
