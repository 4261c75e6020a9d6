// Baseline: DuckDB does the job of a replay at full speed: judges the fixes of a CSV file in arrival order, by the latest
// event time that each device had before, and writes the changes and the others as two CSV files.
import { connect } from './duckdbConnection.js';

const [input = '', changes = '', late = ''] = process.argv.slice(2);
const columns =
  "{device_fk_id: 'VARCHAR', latitude: 'VARCHAR', longitude: 'VARCHAR', time_stamp: 'TIMESTAMP', sts: 'TIMESTAMP', speed: 'VARCHAR'}";
const log = 'sts AS time, device_fk_id AS device_id, latitude AS lat, longitude AS lon, speed, time_stamp AS event_time';
const connection = await connect();
await connection.runAndReadAll(`CREATE TEMP TABLE judged AS
  WITH fixes AS (SELECT row_number() OVER () AS position, * FROM read_csv('${input}', header = true, columns = ${columns}))
  SELECT *, max(time_stamp) OVER (PARTITION BY device_fk_id ORDER BY sts, position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS held FROM fixes`);
await connection.runAndReadAll(
  `COPY (SELECT ${log} FROM judged WHERE held IS NULL OR time_stamp > held ORDER BY sts, position) TO '${changes}' (HEADER)`,
);
await connection.runAndReadAll(`COPY (SELECT ${log}, CASE WHEN time_stamp < held THEN 'late' ELSE 'duplicate' END AS reason, held AS latest_event_time
  FROM judged WHERE time_stamp <= held ORDER BY sts, position) TO '${late}' (HEADER)`);
const { user, system } = process.cpuUsage();
process.stdout.write(String((user + system) / 1e6)); // the seconds that its threads took
