/** The columns of a fix that are read back to judge it, with its verdict. */
const FOUND = 'device_id, arrival, seq, event_time, lat, lon, speed, written, further::text as further, verdict';

/** The statements of a commit, in the order in which they are run. Arrays come in PostgreSQL's binary format. */
export const commitSql = (schema: string) => ({
  newDevices: `insert into ${schema}.devices (device_id) select * from unnest($1::text[]) on conflict do nothing`,
  lockDevices: `select device_id, event_time, arrival, seq, lat, lon, speed, written, further::text as further, first_arrival, last_arrival, last_seq
    from ${schema}.devices where device_id = any($1::text[]) order by device_id for update`,
  nextBatch: `select nextval('${schema}.batches') as batch`,
  changesBefore: `select f.* from unnest($1::text[], $2::timestamptz[], $3::int8[]) d (device_id, arrival, seq) cross join lateral (
      select ${FOUND} from ${schema}.fixes f
      where f.device_id = d.device_id and f.verdict = 'change' and (f.arrival, f.seq) < (d.arrival, d.seq)
      order by f.arrival desc, f.seq desc limit 1) f`,
  rowsFrom: `select f.* from unnest($1::text[], $2::timestamptz[], $3::int8[], $4::int8[]) with ordinality
      d (device_id, arrival, seq, most, n) cross join lateral (
      select ${FOUND} from ${schema}.fixes f where f.device_id = d.device_id and (f.arrival, f.seq) >= (d.arrival, d.seq)
      order by f.arrival, f.seq limit d.most) f order by d.n, f.arrival, f.seq`,
  insertFixes: `insert into ${schema}.fixes
      (device_id, arrival, seq, event_time, lat, lon, speed, written, further, verdict, batch)
    select device_id, arrival, seq, event_time, lat, lon, speed, written, further, ${verdictOf(schema)}, $11
    from unnest($1::text[], $2::timestamptz[], $3::int8[], $4::timestamptz[], $5::float8[], $6::float8[], $7::float8[],
      $8::text[], $9::jsonb[], $10::int2[]) x (device_id, arrival, seq, event_time, lat, lon, speed, written, further, verdict)`,
  correctFixes: `update ${schema}.fixes f set verdict = ${verdictOf(schema)}, batch = $5, corrected = true
    from unnest($1::text[], $2::timestamptz[], $3::int8[], $4::int2[]) x (device_id, arrival, seq, verdict)
    where f.device_id = x.device_id and f.arrival = x.arrival and f.seq = x.seq`,
  updateDevices: `update ${schema}.devices d set event_time = x.event_time, arrival = x.arrival, seq = x.seq,
      lat = x.lat, lon = x.lon, speed = x.speed, written = x.written, further = x.further,
      first_arrival = x.first_arrival, last_arrival = x.last_arrival, last_seq = x.last_seq,
      fixes = d.fixes + x.fixes, changes = d.changes + x.changes, late = d.late + x.late,
      duplicate = d.duplicate + x.duplicate, conflict = d.conflict + x.conflict
    from unnest($1::text[], $2::timestamptz[], $3::timestamptz[], $4::int8[], $5::float8[], $6::float8[], $7::float8[], $8::text[],
      $9::jsonb[], $10::timestamptz[], $11::timestamptz[], $12::int8[], $13::int8[], $14::int8[], $15::int8[], $16::int8[], $17::int8[])
      x (device_id, event_time, arrival, seq, lat, lon, speed, written, further, first_arrival, last_arrival, last_seq,
      fixes, changes, late, duplicate, conflict)
    where d.device_id = x.device_id`,
  insertRejected: `insert into ${schema}.rejected (source, seq, line, reason, record)
    select * from unnest($1::int8[], $2::int8[], $3::int8[], $4::text[], $5::bytea[]) on conflict do nothing`,
  advanceSource: `update ${schema}.sources set next = $2, until_arrival = greatest(until_arrival, $4::timestamptz)
    where source = $1 and next >= $3 and next < $2`,
  finishSource: `update ${schema}.sources set finished = true where source = $1 and next = $2 and not finished`,
  lockHead: `select from ${schema}.head for update`,
  /** Last, so that its lock is short: the order of these is that of `pos`, without gaps, since a rollback gives the number back. */
  advanceHead: `with h as (
      update ${schema}.head set pos = pos + case when $3::int + $12::int > 0 then 1 else 0 end, fixes = fixes + $3::int, changes = changes + $4,
        late = late + $5, duplicate = duplicate + $6, conflict = conflict + $7, rejected = rejected + $13, devices = devices + $8,
        first_arrival = least(first_arrival, $9::timestamptz), last_arrival = greatest(last_arrival, $10::timestamptz),
        last_change = case when $14 then (select max(arrival) from ${schema}.devices) else greatest(last_change, $11::timestamptz) end
      returning pos)
    insert into ${schema}.commits (pos, batch, fixes, corrected, worker) select pos, $1, $3::int, $12::int, $2 from h where $3::int + $12::int > 0`,
});

/** The verdict whose place in `VERDICTS` a column has. */
function verdictOf(schema: string): string {
  const of = (verdict: string) => `'${verdict}'::${schema}.verdict`;
  return `case x.verdict when 0 then ${of('change')} when 1 then ${of('late')} when 2 then ${of('duplicate')} else ${of('conflict')} end`;
}
