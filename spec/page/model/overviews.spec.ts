import { expect } from 'chai';
import { defer, map, of } from 'rxjs';
import { Unanswered } from '../../../src/page/api/Unanswered.js';
import type { Ask } from '../../../src/page/api/getJson.js';
import type { Clock, ServedHistogram, Status } from '../../../src/page/api/served.js';
import { overviews } from '../../../src/page/model/overviews.js';
import { marbles } from '../../support/marbles.js';

const served = (changes: number): ServedHistogram => ({
  by: 'arrival',
  from: '1970-01-01T00:00:00.000000Z',
  step_seconds: 1,
  changes: [changes],
  late: [0],
  duplicate: [0],
  conflict: [0],
});
const status = (rows: number) => ({ rows }) as Status;

describe('overviews', () => {
  it('should ask for what is shown when that changes, and when the log has grown, and not again when nothing has', marbles(({ cold, expectObservable, flush }) => {
    const asked: unknown[] = [];
    const ask = ((path: string, parameters: unknown) => {
      asked.push([path, parameters]);
      return of(served(asked.length));
    }) as unknown as Ask;
    const inputs = {
      window$: cold('w 499ms v', { w: { from: 0, to: 9e6 }, v: { from: 1e6, to: 2e6 } }),
      by$: of<Clock>('event'),
      status$: cold('s 999ms s 999ms t', { s: status(5), t: status(6) }),
      reset$: of(undefined),
    };
    const changes$ = overviews(inputs, ask).pipe(map((told) => ('overview' in told ? told.overview.bins[0]?.changes : told.trouble)));
    expectObservable(changes$).toBe('100ms a 499ms b 1499ms c', { a: 1, b: 2, c: 3 });
    flush();
    const bounds = (from: string, to: string) => ['/api/histogram', { by: 'event', from, to, bins: 600 }];
    const [start, later] = ['1970-01-01T00:00:00.000000Z', '1970-01-01T00:00:01.000000Z'];
    const second = bounds(later, '1970-01-01T00:00:02.000000Z');
    expect(asked).to.deep.equal([bounds(start, '1970-01-01T00:00:09.000000Z'), second, second]);
  }));

  it('should say that the server does not answer, and ask again', marbles(({ cold, expectObservable }) => {
    const answers = [cold<ServedHistogram>('#', {}, new Unanswered('the server does not answer')), cold('a', { a: served(7) })];
    const ask = (() => defer(() => answers.shift()!)) as unknown as Ask;
    const inputs = { window$: of({ from: 0, to: 1 }), by$: of<Clock>('arrival'), status$: of(status(1)), reset$: of(undefined) };
    const told$ = overviews(inputs, ask).pipe(map((told) => ('overview' in told ? told.overview.bins[0]?.changes : told.trouble)));
    expectObservable(told$).toBe('100ms t 1999ms a', { t: 'the server does not answer', a: 7 });
  }));
});
