import type { CheckReport, Figures, WorstFix } from '../../index.js';
import { escaped, shown } from '../../domain/shown.js';
import { arrivalPlot } from './arrivalPlot.js';
import { delayPlot } from './delayPlot.js';
import { deviceTable } from './deviceTable.js';
import { oddities } from './oddities.js';
import { shortIds } from '../text/shortIds.js';
import { briefly, count, counted, duration, percent } from '../text/words.js';

const NAME = 18;
/** How many reasons are listed. */
const REASONS = 10;

/** What is in a recording, for people: 80 columns wide, but for long ids, names and reasons. */
export function checkTable(report: CheckReport, { input, several }: { readonly input: string; readonly several: boolean }): string {
  return [
    facts(report, input),
    verdicts(report),
    oddities(report),
    arrivalPlot(report),
    delayPlot(report),
    silences(report),
    deviceTable(report),
    reasons(report, several),
    rejected(report, several),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${line.trimEnd()}\n`).join(''))
    .join('\n');
}

function facts(report: CheckReport, input: string): string[] {
  const {
    first_arrival,
    last_arrival,
    first_event,
    last_event,
    worst_late,
    worst_clock_ahead,
    out_of_order,
    extra_columns,
    renamed_columns,
  } = report;
  const named = (name: string, text: string) => `${name.padEnd(NAME)}${escaped(text)}`;
  const fixes = report.rows - report.rejected;
  const speed = report.rate === 'max' ? 'rate max: at once' : `rate ${report.rate}`;
  const cut = report.max_gap_seconds === null ? '' : `, silences cut to ${duration(report.max_gap_seconds * 1000)}`;
  return [
    named('recording', input),
    named(
      'rows',
      `${count(report.rows)}: ${counted(fixes, 'fix', 'fixes')} of ${counted(report.devices, 'device')}, ${count(report.rejected)} rejected`,
    ),
    ...(extra_columns.length > 0
      ? [
          named(
            'extra columns',
            extra_columns
              .map((name) => (Object.hasOwn(renamed_columns, name) ? `${name} (in the recording ${shown(renamed_columns[name]!)})` : name))
              .join(', '),
          ),
        ]
      : []),
    ...(report.read_as === null ? [] : [named('read as', report.read_as)]),
    ...(report.replay_with === null ? [] : [named('replay it with', report.replay_with)]),
    named(
      'order',
      out_of_order > 0 ? `not sorted: ${counted(out_of_order, 'fix', 'fixes')} arrived before the row above` : 'in order of arrival',
    ),
    ...(first_arrival === null || last_arrival === null
      ? []
      : [named('first arrival', first_arrival), named('last arrival', `${last_arrival}, after ${duration(report.stream_seconds * 1000)}`)]),
    ...(first_event === null || last_event === null ? [] : [named('first event', first_event), named('last event', last_event)]),
    ...(fixes > 0 ? [named('plays in', report.rate === 'max' ? speed : `${duration(report.plays_seconds * 1000)} at ${speed}${cut}`)] : []),
    ...(fixes > 0
      ? [
          named(
            'same millisecond',
            report.same_millisecond === 0
              ? 'none'
              : `${counted(report.same_millisecond, 'fix', 'fixes')} (${percent(report.same_millisecond, fixes)}) as the one before; ${count(report.most_in_a_millisecond)} at most in one`,
          ),
        ]
      : []),
    ...(report.delay_seconds ? [named('delay', figures(report.delay_seconds))] : []),
    ...(report.late_by_seconds ? [named('late by', figures(report.late_by_seconds))] : []),
    ...(worst_late ? [named('', `the worst: ${worst(worst_late)}`)] : []),
    named(
      'clocks ahead',
      worst_clock_ahead
        ? `${counted(report.clock_ahead, 'fix', 'fixes')}, by ${briefly(worst_clock_ahead.seconds)} at most: ${worst(worst_clock_ahead)}`
        : 'none',
    ),
  ];
}

function figures({ p50, p95, p99, max }: Figures): string {
  return `half within ${briefly(p50)}, 95 % ${briefly(p95)}, 99 % ${briefly(p99)}, all ${briefly(max)}`;
}

function worst({ device_id, time }: WorstFix): string {
  return `${shortIds([device_id])[0]!}, arrived ${time}`;
}

function verdicts(report: CheckReport): string[] {
  const numbers = [
    ['changes', report.changes],
    ['late', report.late],
    ['duplicate', report.duplicate],
    ['conflict', report.conflict],
    ['rejected', report.rejected],
  ] as const;
  const width = Math.max(...numbers.map(([, number]) => count(number).length));
  return numbers.map(
    ([name, number]) =>
      `${name.padEnd(NAME)}${count(number).padStart(width)}${report.rows > 0 ? `  ${percent(number, report.rows).padStart(7)}` : ''}`,
  );
}

function silences({ silences }: CheckReport): string[] {
  if (silences.length === 0) return [];
  return ['longest silences', ...silences.map(({ from, to, seconds }) => `  ${briefly(seconds).padStart(8)}  from ${from} to ${to}`)];
}

/** For which reasons rows are rejected, if that is not plain from those that are listed. */
function reasons({ rejected_reasons, rejected, rejected_rows }: CheckReport, several: boolean): string[] {
  if (rejected <= rejected_rows.length) return [];
  const width = Math.max(...rejected_reasons.map(({ rows }) => count(rows).length));
  return [
    'rejected rows by reason',
    ...rejected_reasons
      .slice(0, REASONS)
      .map(
        ({ rows, line, reason }) => `  ${count(rows).padStart(width)} like line ${count(line)}${several ? ' of' : ':'} ${escaped(reason)}`,
      ),
    ...(rejected_reasons.length > REASONS ? [`  and ${count(rejected_reasons.length - REASONS)} more reasons`] : []),
  ];
}

function rejected({ rejected, rejected_rows }: CheckReport, several: boolean): string[] {
  if (rejected === 0) return [];
  const more = rejected - rejected_rows.length;
  const width = Math.max(0, ...rejected_rows.map(({ line }) => count(line).length));
  return [
    'rejected rows',
    ...rejected_rows.map(({ line, reason }) => `  line ${count(line).padStart(width)}${several ? ' of' : ':'} ${escaped(reason)}`),
    ...(more > 0 ? [`  and ${count(more)} more: --rejected N lists N of them`] : []),
  ];
}
