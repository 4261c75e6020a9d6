import { parse } from 'csv-parse/sync';
import type { Fix } from '../../src/domain/fix.js';
import { formatInstant } from '../../src/domain/instant.js';
import type { Verdict } from '../../src/domain/latest.js';
import type { Database } from '../../src/store/Database.js';
import { schemaSql } from '../../src/store/schema.js';
import { recorded } from './bruteForce.js';
import { oracle } from './oracle.js';

let stores = 0;

/**
 * Has a store hold what a recording has up to a moment, with the verdicts of the oracle: more of the one before, in one
 * commit, or another store.
 */
export async function fillStore(database: Database, recording: string, until: number, isMore: boolean): Promise<void> {
  const { fixes, extra } = recorded(recording);
  if (!isMore) {
    await database.query(`drop schema if exists lastfix cascade; create schema lastfix; ${schemaSql('lastfix', `store${++stores}`)}`);
    for (const name of extra) await database.query('insert into lastfix.columns (name) values ($1)', [name]);
  }
  const { rows } = await database.query<{ fixes: number; pos: number }>('select fixes, pos from lastfix.head');
  const { fixes: there, pos } = rows[0]!;
  const judged = judgedOf(recording, fixes.filter(({ arrival }) => arrival <= until));
  if (judged.length === there) return;
  const objects = judged.map(({ fix, verdict }, seq) => ({ ...rowOf(fix, extra), seq, verdict, batch: pos + 1, corrected: false }));
  const insert = (table: string, rows: readonly object[]) =>
    database.query(`insert into lastfix.${table} select * from jsonb_populate_recordset(null::lastfix.${table}, $1::jsonb)`, [JSON.stringify(rows)]);
  await insert('fixes', objects.slice(there));
  const own = (device: string) => objects.filter(({ device_id }) => device_id === device);
  const devices = [...new Set(objects.map(({ device_id }) => device_id))];
  const count = (verdict: Verdict, rows: readonly { readonly verdict: Verdict }[] = objects) =>
    rows.filter((row) => row.verdict === verdict).length;
  await database.query('delete from lastfix.devices');
  await insert(
    'devices',
    devices.map((device) => ({ ...own(device).findLast(({ verdict }) => verdict === 'change'), fixes: 0, changes: 0, late: 0, duplicate: 0, conflict: 0 })),
  );
  await database.query(
    `update lastfix.head set pos = pos + 1, fixes = $1, changes = $2, late = $3, duplicate = $4, conflict = $5, devices = $6,
      first_arrival = $7, last_arrival = $8`,
    [
      objects.length,
      ...(['change', 'late', 'duplicate', 'conflict'] as const).map((verdict) => count(verdict)),
      devices.length,
      objects[0]!.arrival,
      objects.at(-1)!.arrival,
    ],
  );
  await database.query("insert into lastfix.commits (pos, batch, fixes, corrected, worker) values ($1, $1, $2, 0, 'spec')", [
    pos + 1,
    objects.length - there,
  ]);
}

function judgedOf(recording: string, fixes: readonly Fix[]): readonly { readonly fix: Fix; readonly verdict: Verdict }[] {
  const [, ...reasons] = parse(oracle(recording).late, { relax_column_count: true });
  const held = new Map<string, number>();
  return fixes.map((fix) => {
    const isChange = fix.event > (held.get(fix.device) ?? -Infinity);
    if (isChange) held.set(fix.device, fix.event);
    return { fix, verdict: isChange ? 'change' : (reasons.shift()!.at(-2) as Verdict) };
  });
}

function rowOf({ device, arrival, event, latitude, longitude, speed, extra }: Fix, names: readonly string[]) {
  const further = names.map((name, i) => [name, extra[i]] as const).filter(([, field]) => field !== '');
  const [lat, lon, fast] = [Number(latitude), Number(longitude), speed === '' ? null : Number(speed)];
  const plain = [lat, lon, fast ?? ''].map(String).join();
  const written = [latitude, longitude, speed].join();
  return {
    device_id: device,
    arrival: formatInstant(arrival),
    event_time: formatInstant(event),
    lat,
    lon,
    speed: fast,
    written: written === plain ? null : written,
    further: further.length === 0 ? null : Object.fromEntries(further),
  };
}
