import type { DeviceFindings } from './Findings.js';

/** How many fixes had each verdict, by their names in the report. */
export function countsOf({ verdicts: { change, late, duplicate, conflict } }: DeviceFindings) {
  return { changes: change, late, duplicate, conflict };
}
