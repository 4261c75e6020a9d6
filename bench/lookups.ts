// How long a question takes within a process that has the log open: random devices and moments, in µs.
import { openHistory } from '../src/index.js';
import { Distribution } from '../src/report/Distribution.js';

const [path = '', by = 'arrival', questions = '100000'] = process.argv.slice(2);
const history = await openHistory(path, { withLate: by === 'event' });
const devices = [...history.devices()];
const first = Math.min(...devices.map((device) => history.firstArrival(device)!));
const taken = new Distribution();
for (let i = -2000; i < Number(questions); i++) {
  const device = devices[Math.floor(Math.random() * devices.length)]!;
  const moment = first + Math.random() * (history.end! - first);
  const start = performance.now();
  history.newest(device, by === 'event' ? { event: moment, arrival: Infinity } : { event: Infinity, arrival: moment });
  if (i >= 0) taken.record((performance.now() - start) * 1000); // the first are for the compiler
}
await history.close();
process.stdout.write(JSON.stringify(taken.figures()));
