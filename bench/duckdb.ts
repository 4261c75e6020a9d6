// Baseline: DuckDB answers a question over CSV files, as a process of its own.
import { connect } from './duckdbConnection.js';

const rows = (await (await connect()).runAndReadAll(process.argv[2]!)).getRows();
process.stdout.write(String(rows.length));
