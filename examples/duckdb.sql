-- Where was everybody known to be at a moment? Run it with: duckdb < examples/duckdb.sql
-- A device's changes are in the order of both clocks, so the last that had arrived is the answer.
SELECT device_id, lat, lon, event_time, time AS arrived
FROM read_csv('output/output_stream.csv', types = {'device_id': 'VARCHAR', 'time': 'TIMESTAMPTZ', 'event_time': 'TIMESTAMPTZ'})
WHERE time <= TIMESTAMPTZ '2021-10-23 12:30:40+00'
QUALIFY row_number() OVER (PARTITION BY device_id ORDER BY event_time DESC) = 1
ORDER BY device_id;
