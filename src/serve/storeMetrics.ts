import type { Instant } from '../domain/instant.js';
import { secondsBehind } from '../store/status/secondsBehind.js';
import type { PartitionStatus, StoreStatus } from '../store/status/StoreStatus.js';
import { metric, type Sample } from './metric.js';

/** How a store is, in the text format of Prometheus. What is not known yet is left out. */
export function storeMetrics(status: StoreStatus): readonly string[] {
  const { now, commits, rejected, lastArrival, lastCommit, finalUntil, partitions, workers, openCount } = status;
  const of = (value: (partition: PartitionStatus) => number | null) =>
    partitions.flatMap((one): Sample[] => {
      const found = value(one);
      return found === null ? [] : [{ labels: { stream: one.stream, partition: String(one.partition) }, value: found }];
    });
  const streams = [...new Set([...partitions, ...workers].map(({ stream }) => stream))];
  const alive = (stream: string) => workers.filter((worker) => worker.isAlive && worker.stream === stream).length;
  return [
    metric('rejected_total', 'counter', 'Rejected rows', rejected),
    metric('commits_total', 'counter', 'Commits that brought fixes or took back verdicts', commits),
    metric('last_commit_timestamp_seconds', 'gauge', 'When the last commit was made, by the clock of the database', moment(lastCommit)),
    metric('last_arrival_timestamp_seconds', 'gauge', 'The last arrival of all', moment(lastArrival)),
    metric('final_until_timestamp_seconds', 'gauge', 'All fixes that arrived by then are in the store', moment(finalUntil)),
    metric('open_recordings', 'gauge', 'Recordings that are being played into the store, or were and did not end', openCount),
    metric('workers', 'gauge', 'Workers that live', streams.map((stream) => ({ labels: { stream }, value: alive(stream) }))),
    metric('partition_held', 'gauge', 'Whether a worker has the partition', of(({ isHeld }) => Number(isHeld))),
    metric('partition_sequence', 'gauge', 'The last message of the partition that was committed', of(({ seq }) => seq)),
    metric('partition_messages_behind', 'gauge', 'Messages of the partition that are not committed, when its worker looked last', of(({ behind }) => behind)),
    metric('partition_seconds_behind', 'gauge', 'How long ago the stream got the last message that was committed; 0 if it has no other', of((one) => secondsBehind(one, now))),
    metric('partition_final_until_timestamp_seconds', 'gauge', 'All of the partition that arrived before is there', of(({ until }) => until === null ? null : until / 1e6)),
  ];
}

function moment(instant: Instant | null): readonly Sample[] {
  return instant === null ? [] : [{ labels: {}, value: instant / 1e6 }];
}
