import type { Figures, Report } from '../../index.js';
import { ONE_CLOCK } from '../recording/conclusions.js';
import { count, duration, figure, seconds } from '../text/words.js';

/** The report as the table that ends a run. */
export function reportTable(report: Report): string {
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
    ...(report.log_rows < report.changes ? [['log rows', report.log_rows] as const] : []),
    ['devices', report.devices],
    ['flushes', report.flushes],
    ...(report.bytes === null ? [] : [['bytes', report.bytes] as const]),
  ] as const;
  const width = Math.max(...counts.map(([, number]) => count(number).length));
  const measures = [
    measure('processing, µs', report.processing_us),
    measure('lateness, ms', report.lateness_ms),
    measure('end to end, ms', report.latency_ms),
  ].filter((line) => line !== undefined);
  const read = report.reading_us_per_row === null ? '' : ` (${figure(report.reading_us_per_row)} µs a row)`;
  return [
    ...counts.map(([name, number]) => `${name.padEnd(16)}${count(number).padStart(width)}`),
    '',
    ...(report.one_clock ? [`${'clocks'.padEnd(16)}${ONE_CLOCK}`] : []),
    ...(report.speed_unit === null ? [] : [`${'speeds in'.padEnd(16)}${report.speed_unit}`]),
    ...(report.rebased_by_seconds === null ? [] : [`${'rebased by'.padEnd(16)}${seconds(report.rebased_by_seconds)}`]),
    ...(report.resumed_at === null ? [] : [`${'resumed at'.padEnd(16)}${report.resumed_at}`]),
    `${'reading'.padEnd(16)}${duration(report.reading_seconds * 1000)}${read}`,
    `${'stream time'.padEnd(16)}${duration(report.stream_seconds * 1000)}`,
    `${'wall time'.padEnd(16)}${duration(report.wall_seconds * 1000)}: rate ${figure(report.rate)}`,
    `${'peak memory'.padEnd(16)}${figure(report.peak_memory_mib)} MiB`,
    ...(measures.length > 0 ? ['', columns('', ['mean', 'p50', 'p95', 'p99', 'max']), ...measures] : []),
    '',
  ].join('\n');
}

function measure(name: string, figures: Figures | null): string | undefined {
  return figures ? columns(name, [figures.mean, figures.p50, figures.p95, figures.p99, figures.max].map(figure)) : undefined;
}

function columns(name: string, values: readonly string[]): string {
  return name.padEnd(16) + values.map((value) => value.padStart(9)).join('');
}
