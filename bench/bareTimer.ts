// Baseline: how late a bare setTimeout is for absolute deadlines of whole ms, with nothing else to do.
import { setTimeout as wait } from 'node:timers/promises';
import { Distribution } from '../src/report/Distribution.js';

const [millis = 5000, every = 20] = process.argv.slice(2).map(Number);
const lateness = new Distribution();
const start = performance.now();
for (let due = start + every; due < start + millis; due += every) {
  let left = due - performance.now();
  while (left > 0) {
    await wait(Math.ceil(left));
    left = due - performance.now();
  }
  lateness.record(-left);
}
process.stdout.write(JSON.stringify(lateness.figures()));
