import type { CheckReport } from '../../index.js';
import { shown } from '../../domain/shown.js';
import { shortIds } from '../text/shortIds.js';
import { briefly, count, counted } from '../text/words.js';

const NAME = 18;

/** What is hard to believe in a recording, and what to do about it. */
export function oddities(report: CheckReport): string[] {
  const told = [...times(report), ...clocks(report), ...values(report)].map(([name, text]) => `  ${name.padEnd(NAME - 2)}${text}`);
  return told.length > 0 ? ['worth a look', ...told] : [];
}

type Told = readonly [name: string, text: string];

function times({
  zoneless_event_times,
  zoneless_arrival_times,
  event_zone,
  arrival_zone,
  skipped_times,
  repeated_times,
}: CheckReport): Told[] {
  const zoneless = (times: number, clock: string, zone: string): Told[] =>
    times === 0 ? [] : [['zones', `${counted(times, `${clock} time`)} ${name(times)} no zone: read as ${zone} (--zone ${clock}=ZONE)`]];
  return [
    ...zoneless(zoneless_event_times, 'event', event_zone),
    ...zoneless(zoneless_arrival_times, 'arrival', arrival_zone),
    ...some('clock changes', skipped_times, `${counted(skipped_times, 'time')} in an hour that was skipped: read as after it`),
    ...some('clock changes', repeated_times, `${counted(repeated_times, 'time')} in an hour that came twice: read as in the first`),
  ];
}

function clocks({ week_rollovers, clock_behind, worst_clock_behind }: CheckReport): Told[] {
  return [
    ...some(
      'week rollover',
      week_rollovers,
      `${counted(week_rollovers, 'fix', 'fixes')} ${week_rollovers === 1 ? 'is' : 'are'} 1,024 weeks behind (GPS week rollover): --max-clock-behind 365d rejects ${them(week_rollovers)}`,
    ),
    ...(worst_clock_behind
      ? [
          [
            'clocks behind',
            `${counted(clock_behind, 'fix', 'fixes')} by more than 30 days, ${years(worst_clock_behind.seconds)} at most: ${shortIds([worst_clock_behind.device_id])[0]!}, arrived ${worst_clock_behind.time}; --max-clock-behind 30d rejects ${them(clock_behind)}`,
          ] as const,
        ]
      : []),
  ];
}

function values({ zero_positions, exchanged_positions, cut_ids, unknown_speeds, first_unknown_speed }: CheckReport): Told[] {
  const [id] = cut_ids;
  return [
    ...some('positions', zero_positions, `${counted(zero_positions, 'fix', 'fixes')} at 0,0, where a receiver is that has no position`),
    ...some(
      'positions',
      exchanged_positions,
      `${counted(exchanged_positions, 'row')} ${exchanged_positions === 1 ? 'seems' : 'seem'} to have latitude and longitude exchanged (--columns latitude=…,longitude=…)`,
    ),
    ...(id === undefined
      ? []
      : [
          ['ids', `${counted(cut_ids.length, 'id')} that a spreadsheet has cut, such as ${shown(id)}: export that column as text`] as const,
        ]),
    ...(first_unknown_speed === null
      ? []
      : [
          [
            'speeds',
            `${count(unknown_speeds)} ${unknown_speeds === 1 ? 'is' : 'are'} no number from 0 up, such as ${shown(first_unknown_speed)}: unknown, and empty in the log`,
          ] as const,
        ]),
  ];
}

function some(name: string, number: number, text: string): Told[] {
  return number > 0 ? [[name, text]] : [];
}

function name(number: number): string {
  return number === 1 ? 'names' : 'name';
}

function them(number: number): string {
  return number === 1 ? 'it' : 'them';
}

const YEAR = 365.25 * 86_400;

/** `53 years`, or fewer days. */
function years(seconds: number): string {
  return seconds < 2 * YEAR ? briefly(seconds) : `${count(Math.floor(seconds / YEAR))} years`;
}
