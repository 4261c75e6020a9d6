import type { Verdict } from '../domain/latest.js';
import type { Figures } from '../report/Distribution.js';
import type { Clients } from './Clients.js';
import type { LiveState } from './Live.js';
import { metric } from './metric.js';
import type { Usage } from './ServeOptions.js';
import { storeMetrics } from './storeMetrics.js';
import type { StoreStatus } from '../store/status/StoreStatus.js';

export interface Measured {
  readonly verdicts: Readonly<Record<Verdict, number>>;
  readonly devices: number;
  /** Of a store: how it is. */
  readonly store: StoreStatus | undefined;
  readonly clients: Pick<Clients, 'count' | 'dropped'>;
  /** Of the log and its late file, or of the tables of the store and their indexes. */
  readonly bytes: number;
  readonly live: LiveState | undefined;
  readonly usage: Usage | undefined;
}

/** Figures in the text format of Prometheus, version 0.0.4. */
export function metricsText({ verdicts, devices, store, clients, bytes, live, usage }: Measured): string {
  return [
    metric('rows_total', 'counter', 'Rows of the log and its late file', sumOf(Object.values(verdicts))),
    metric('changes_total', 'counter', 'Fixes that became the latest of their device', verdicts.change),
    metric('late_total', 'counter', 'Fixes older than the one held', verdicts.late),
    metric('duplicates_total', 'counter', 'Fixes that came again', verdicts.duplicate),
    metric('conflicts_total', 'counter', 'Fixes of the same moment with other data', verdicts.conflict),
    metric('devices', 'gauge', 'Devices in the log', devices),
    store
      ? metric('store_bytes', 'gauge', 'Bytes of the tables of the store and their indexes', bytes)
      : metric('log_bytes', 'gauge', 'Bytes of the log and its late file', bytes),
    ...(store ? storeMetrics(store) : []),
    ...(live ? [summary('end_to_end_seconds', 'From when a change was due to when it can be read', live.endToEnd, live.written)] : []),
    ...(live ? [summary('lateness_seconds', 'From when a fix was due to when it was emitted', live.lateness, live.judged)] : []),
    ...(live ? [metric('paused', 'gauge', 'Whether the replay is paused', Number(live.pace.paused))] : []),
    metric('clients', 'gauge', 'Clients that listen to events', clients.count),
    metric('clients_dropped_total', 'counter', 'Clients that were too slow', clients.dropped),
    ...(usage ? [metric('process_resident_memory_bytes', 'gauge', 'Memory of the process', usage.memory)] : []),
    ...(usage ? [metric('process_cpu_seconds_total', 'counter', 'Processor time of the process', usage.cpu)] : []),
  ].join('');
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function summary(name: string, help: string, figures: Figures | undefined, count: number): string {
  const quantiles = figures ? ([[0.5, figures.p50], [0.95, figures.p95], [0.99, figures.p99], [1, figures.max]] as const) : [];
  const lines = quantiles.map(([quantile, millis]) => `lastfix_${name}{quantile="${quantile}"} ${millis / 1000}\n`).join('');
  const sum = figures ? (figures.mean * count) / 1000 : 0;
  return `# HELP lastfix_${name} ${help}\n# TYPE lastfix_${name} summary\n${lines}lastfix_${name}_sum ${sum}\nlastfix_${name}_count ${count}\n`;
}
