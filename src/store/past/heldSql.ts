/** The event time that the device of `fix` held when that came, as SQL. @param schema its name, quoted */
export const heldSql = (schema: string): string =>
  `select event_time from ${schema}.fixes held where held.device_id = fix.device_id and held.verdict = 'change'
    and (held.arrival, held.seq) < (fix.arrival, fix.seq) order by held.arrival desc, held.seq desc limit 1`;
