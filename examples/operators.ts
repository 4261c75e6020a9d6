import { of } from 'rxjs';
import { append, flush, latest, type Fix, type Update } from 'lastfix';

const at = Date.UTC(2021, 9, 23, 12, 30) * 1000; // µs
const fix: Fix = { device: '7', event: at, arrival: at, latitude: '52.5', longitude: '13.4', speed: '', extra: [] };

/** An end of your own: whatever keeps the changes. */
const sink = {
  commit: (batch: readonly Update[]) => Promise.resolve(batch.filter(({ verdict }) => verdict === 'change').map(({ fix }) => fix.device)),
  end: () => Promise.resolve([]),
};

of(fix, fix) // any Observable in arrival order: of a socket, a queue, a test
  .pipe(
    latest(), // each fix with its verdict, and every device's latest
    flush({ every: 1000 }), // what came within a second
    append(sink), // one batch after the other, then the end
  )
  .subscribe((devices) => {
    for (const device of devices) process.stdout.write(`${device} has moved\n`);
  });
