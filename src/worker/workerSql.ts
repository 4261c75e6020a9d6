/** How long a worker has its partitions without a word of it: all by the clock of the database. */
const LEASE = "clock_timestamp() + interval '5 s'";
/** After how long a worker that has not been heard of gives its row to another. */
const FORGOTTEN = "clock_timestamp() - interval '1 hour'";

/** A position, its times in µs since 1970. */
const POSITION = '(extract(epoch from created) * 1000000)::int8 as created, seq, (extract(epoch from stamp) * 1000000)::int8 as stamp, checked';

/** Whether the sources still have the numbers that a worker was told, and put into the places of its rows. */
const sourcesAreThose = (schema: string) => `not exists (select from unnest($6::int8[], $7::text[]) own (source, name)
        where not exists (select from ${schema}.sources s where s.source = own.source and s.name = own.name))`;

/**
 * The statements by which workers share the partitions of a stream. None of them waits for a worker that commits.
 *
 * Correctness depends on `advance` alone, which compares and sets: who has been overtaken finds fewer rows than it asked for.
 */
export const workerSql = (schema: string) => ({
  makePartitions: `insert into ${schema}.partitions (stream, partition, created)
    select $1, p, $3::timestamptz from generate_series(0, $2::int - 1) p on conflict do nothing`,
  /** Those of a stream that had more: nothing comes in them any more. */
  closePartitions: `update ${schema}.partitions set until_arrival = 'infinity', behind = 0, worker = null, lease = null
    where stream = $1 and partition >= $2 and coalesce(until_arrival, '-infinity') <> 'infinity'`,
  /** Takes the row of a worker that ended long ago, so that they do not become more and more. */
  enterAs: `update ${schema}.workers set worker = $1, stream = $2, lease = ${LEASE} where worker = (
    select worker from ${schema}.workers where lease < ${FORGOTTEN} limit 1 for update skip locked)`,
  renewWorker: `insert into ${schema}.workers (worker, stream, lease) values ($1, $2, ${LEASE})
    on conflict (worker) do update set stream = excluded.stream, lease = excluded.lease`,
  /** Not those that it does not know of: what it had when the store was backed up, or of which the answer was lost, is for others. */
  renewPartitions: `update ${schema}.partitions p set lease = ${LEASE} from (
      select partition from ${schema}.partitions where stream = $2 and worker = $1
        and (partition, epoch) in (select * from unnest($3::int[], $4::int8[])) for update skip locked) own
    where p.stream = $2 and p.partition = own.partition`,
  look: `select partition, worker, epoch, ${POSITION}, coalesce(lease > clock_timestamp(), false) as leased,
      (select count(*)::int from ${schema}.workers where stream = $1 and lease > clock_timestamp()) as living
    from ${schema}.partitions where stream = $1 and partition < $2 order by partition`,
  take: `update ${schema}.partitions p set worker = $1, epoch = epoch + 1, lease = ${LEASE} from (
      select partition from ${schema}.partitions where stream = $2 and partition = any($3::int[])
        and (worker is null or worker = $1 or lease is null or lease <= clock_timestamp()) for update skip locked) free
    where p.stream = $2 and p.partition = free.partition
    returning p.partition, epoch, ${POSITION}`,
  letGo: `update ${schema}.partitions set worker = null, lease = null where stream = $2 and worker = $1 and partition = $3 and epoch = $4`,
  leave: `update ${schema}.workers set lease = '-infinity' where worker = $1`,
  /** A commit whose answer was lost finds `hi`, which only who has the partition can have set. */
  advance: `update ${schema}.partitions p set seq = x.hi, stamp = x.stamp, until_arrival = greatest(p.until_arrival, x.until),
      behind = x.behind, lease = ${LEASE}
    from unnest($2::int[], $3::int8[], $4::timestamptz[], $5::int8[], $8::int8[], $9::timestamptz[], $10::timestamptz[], $11::int8[])
      x (partition, epoch, created, lo, hi, stamp, until, behind)
    where p.stream = $1 and p.partition = x.partition and p.epoch = x.epoch and p.created = x.created and p.seq in (x.lo, x.hi)
      and ${sourcesAreThose(schema)}
    returning p.partition`,
  hold: `update ${schema}.partitions p set lease = ${LEASE}
    from unnest($2::int[], $3::int8[], $4::timestamptz[], $5::int8[]) x (partition, epoch, created, lo)
    where p.stream = $1 and p.partition = x.partition and p.epoch = x.epoch and p.created = x.created and p.seq = x.lo
      and ${sourcesAreThose(schema)}
    returning p.partition`,
  noteChecked: `update ${schema}.partitions set checked = greatest(checked, $5), behind = 0
    where stream = $1 and partition = $2 and epoch = $3 and seq = $4`,
  resetPosition: `update ${schema}.partitions set created = $5::timestamptz, seq = $6, stamp = $7::timestamptz, checked = $8
    where stream = $1 and partition = $2 and epoch = $3 and seq = $4 returning partition`,
  insertRejected: `insert into ${schema}.rejected (source, seq, line, reason, record) values ($1, $2, $3, $4, '') on conflict do nothing`,
  countRejected: `update ${schema}.head set rejected = rejected + 1`,
});
