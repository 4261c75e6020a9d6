import type { Grid } from '../../domain/Grid.js';
import { POLE } from '../../domain/mercator.js';
import type { Span } from '../../domain/Past.js';
import type { Queries } from '../Database.js';
import { timeText } from './timeText.js';

/** How many late fixes there are within a span in each cell of a grid: reads all of them. @param schema its name, quoted */
export async function lateIn(queries: Queries, schema: string, { by, from, to, knownAt }: Span, grid: Grid): Promise<Uint32Array> {
  const { side, left, top, across, down } = grid;
  const time = by === 'event' ? 'event_time' : 'arrival';
  const sine = `sin(radians(greatest(least(lat, ${POLE}), -${POLE})))`;
  const { rows } = await queries.query<{ readonly column: number; readonly line: number; readonly count: number }>(
    `select "column", line, count(*) as count from (
      select (floor((lon + 180) / 360 * $1::int8)::int8 - $2::int8 + $1::int8) % $1::int8 as "column",
        greatest(0, least($1::int8 - 1, floor((0.5 - ln((1 + ${sine}) / (1 - ${sine})) / (4 * pi())) * $1::int8)::int8)) - $3::int8 as line
      from ${schema}.fixes
      where verdict = 'late' and ${time} >= $4::timestamptz and ${time} <= $5::timestamptz and arrival <= $6::timestamptz
    ) placed where "column" < $7::int8 and line >= 0 and line < $8::int8 group by 1, 2`,
    [side, left, top, timeText(from), timeText(to), timeText(knownAt), across, down],
  );
  const counts = new Uint32Array(across * down);
  for (const { column, line, count } of rows) counts[line * across + column] = count;
  return counts;
}
