import { expect } from 'chai';
import { defer, map, of, shareReplay, throwError } from 'rxjs';
import type { Ask } from '../../../src/page/api/getJson.js';
import type { ServedLatencies, Status } from '../../../src/page/api/served.js';
import { instantOf } from '../../../src/page/model/instantOf.js';
import { latenciesIn } from '../../../src/page/model/latenciesIn.js';
import { marbles } from '../../support/marbles.js';
import { time } from '../support/served.js';

const served = (...seconds: readonly number[]): ServedLatencies => ({
  stream_times: seconds.map(time),
  end_to_end_ms: { p50: seconds, p95: seconds, p99: seconds.map((second) => second + 1) },
});
const status = (second: number | undefined, p99 = 7) =>
  ({
    stream_time: second === undefined ? null : time(second),
    figures: second === undefined ? null : { end_to_end_ms: { p50: 1, p95: 2, p99, max: 9 } },
  }) as Status;
/** As the page has it: others listen to it all the time. */
const kept = <T>() => shareReplay<T>({ bufferSize: 1, refCount: false });
const START = instantOf(time(0));

describe('latenciesIn', () => {
  it('should have what the server kept, and then what each status says, anew with another log', marbles(({ cold, expectObservable }) => {
    const answers = [cold('-k|', { k: served(1, 2, 3) }), cold('-l|', { l: served() })];
    const ask = (() => defer(() => answers.shift()!)) as unknown as Ask;
    const status$ = cold('n-a--b-c---d', { n: status(undefined), a: status(3, 5), b: status(4), c: status(4, 8), d: status(5) }).pipe(kept());
    const reset$ = cold('x-------y---');
    const told$ = latenciesIn({ status$, reset$ }, ask).pipe(map((points) => points.map(({ at, p99 }) => `${(at - START) / 1e6}:${p99}`).join(' ')));
    expectObservable(told$).toBe('e--k-b-cel-d', {
      e: '',
      k: '1:2 2:3 3:4',
      b: '1:2 2:3 3:4 4:7',
      c: '1:2 2:3 3:4 4:8',
      l: '',
      d: '5:7',
    });
  }));

  it('should ask nothing where no replay is measured, and go on without what cannot be had', marbles(({ cold, expectObservable, flush }) => {
    let asked = 0;
    const ask = (() => {
      asked++;
      return throwError(() => new Error('no answer'));
    }) as unknown as Ask;
    const status$ = cold('n-ab', { n: status(undefined), a: status(3), b: status(4) }).pipe(kept());
    const sizes$ = latenciesIn({ status$, reset$: of(undefined) }, ask).pipe(map(({ length }) => length));
    expectObservable(sizes$).toBe('a-bc', { a: 0, b: 0, c: 1 });
    flush();
    expect(asked).to.equal(1);
  }));
});
