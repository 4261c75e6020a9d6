import type { Figures, SendingReport } from '../../index.js';
import { escaped } from '../../domain/shown.js';
import { ONE_CLOCK } from '../recording/conclusions.js';
import { count, counted, duration, figure, seconds } from '../text/words.js';
import type { ReplayReport } from './reportOf.js';

/** How wide the names are. */
const WIDTH = 16;

/** The report as the table that ends a run. */
export function reportTable(report: ReplayReport): string {
  const { sending } = report;
  const counts = [
    ['rows read', report.rows],
    ['changes', report.changes],
    ['late', report.late],
    ['duplicate', report.duplicate],
    ['conflict', report.conflict],
    ['rejected', report.rejected],
    ...(report.already_there === undefined ? [] : [['already there', report.already_there] as const]),
    ...(report.corrected ? [['corrected', report.corrected] as const] : []),
    ...(report.unknown_speeds > 0 ? [['unknown speeds', report.unknown_speeds] as const] : []),
    ...(report.out_of_order > 0 ? [['out of order', report.out_of_order] as const] : []),
    ...(report.not_played > 0 ? [['not played', report.not_played] as const] : []),
    ...(!sending && report.log_rows < report.changes ? [['log rows', report.log_rows] as const] : []),
    ['devices', report.devices],
    ...(sending ? sentCounts(sending) : [['flushes', report.flushes] as const]),
    ...(report.bytes === null ? [] : [['bytes', report.bytes] as const]),
  ] as const;
  const width = Math.max(...counts.map(([, number]) => count(number).length));
  const measures = [
    measure('processing, µs', report.processing_us),
    measure('lateness, ms', report.lateness_ms),
    measure('end to end, ms', report.latency_ms),
    measure('answer, ms', sending?.acknowledgement_ms ?? null),
  ].filter((line) => line !== undefined);
  const read = report.reading_us_per_row === null ? '' : ` (${figure(report.reading_us_per_row)} µs a row)`;
  return [
    ...counts.map(([name, number]) => `${name.padEnd(WIDTH)}${count(number).padStart(width)}`),
    '',
    ...(report.one_clock ? [`${'clocks'.padEnd(WIDTH)}${ONE_CLOCK}`] : []),
    ...(report.speed_unit === null ? [] : [`${'speeds in'.padEnd(WIDTH)}${report.speed_unit}`]),
    ...(report.rebased_by_seconds === null ? [] : [`${'rebased by'.padEnd(WIDTH)}${seconds(report.rebased_by_seconds)}`]),
    ...(report.resumed_at === null ? [] : [`${'resumed at'.padEnd(WIDTH)}${report.resumed_at}`]),
    `${'reading'.padEnd(WIDTH)}${duration(report.reading_seconds * 1000)}${read}`,
    `${'stream time'.padEnd(WIDTH)}${duration(report.stream_seconds * 1000)}`,
    `${'wall time'.padEnd(WIDTH)}${duration(report.wall_seconds * 1000)}: rate ${figure(report.rate)}`,
    `${'peak memory'.padEnd(WIDTH)}${figure(report.peak_memory_mib)} MiB`,
    ...(measures.length > 0 ? ['', columns('', ['mean', 'p50', 'p95', 'p99', 'max']), ...measures] : []),
    ...(sending?.refusals ?? []).map(
      ({ reason, count, fixes: [first] }) =>
        `refused: ${counted(count, 'fix', 'fixes')}: ${escaped(reason)}; the first: seq ${first!.seq}, of ${escaped(first!.device_id)} at ${first!.time}`,
    ),
    '',
  ].join('\n');
}

function sentCounts({ sent, acknowledged, refused, unacknowledged, retried }: SendingReport) {
  return [
    ['sent', sent],
    ['acknowledged', acknowledged],
    ...(refused > 0 ? [['refused', refused] as const] : []),
    ...(unacknowledged > 0 ? [['unanswered', unacknowledged] as const] : []),
    ...(retried > 0 ? [['sent again', retried] as const] : []),
  ] as const;
}

function measure(name: string, figures: Figures | null): string | undefined {
  return figures ? columns(name, [figures.mean, figures.p50, figures.p95, figures.p99, figures.max].map(figure)) : undefined;
}

function columns(name: string, values: readonly string[]): string {
  return name.padEnd(WIDTH) + values.map((value) => value.padStart(9)).join('');
}
