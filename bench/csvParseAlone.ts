// Baseline: csv-parse reads a file, and nothing is done with its rows.
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';

const start = performance.now();
let rows = 0;
for await (const row of createReadStream(process.argv[2]!).pipe(parse()) as AsyncIterable<string[]>) rows += row.length > 0 ? 1 : 0;
process.stdout.write(String(((performance.now() - start) * 1000) / rows)); // µs a row
