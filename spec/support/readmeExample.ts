import { Subject } from 'rxjs';
import { append, flush, latest, type Fix } from '../../src/index.js';

const fixes$ = new Subject<Fix>(); // from a socket, a queue, a test: anything in arrival order

export const run = fixes$
  .pipe(
    latest(), // each fix with its verdict, and every device's latest
    flush({ every: 1000 }),
    append({
      commit: (batch) => Promise.resolve(batch.filter(({ verdict }) => verdict === 'change')),
      end: () => Promise.resolve([]),
    }),
  );
