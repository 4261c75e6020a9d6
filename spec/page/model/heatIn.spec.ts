import { expect } from 'chai';
import { map, of, throwError } from 'rxjs';
import type { Ask } from '../../../src/page/api/getJson.js';
import type { Clock, ServedLate, Status } from '../../../src/page/api/served.js';
import { heatIn } from '../../../src/page/model/heatIn.js';
import { marbles } from '../../support/marbles.js';

const served = (count: number): ServedLate => ({ side: 4, x: [1, 2], y: [3, 0], counts: [count, 1] });
const status = (late: number) => ({ late }) as Status;
const SIGHT = { west: 70, south: 10, east: 80, north: 20, width: 800, height: 400 };
const WINDOW = { from: 0, to: 9e6 };

describe('heatIn', () => {
  it('should ask only while it is wanted: when the map or the stretch has moved, or there is more', marbles(({ cold, expectObservable, flush }) => {
    const asked: unknown[] = [];
    const ask = ((path: string, parameters: unknown) => {
      asked.push([path, parameters]);
      return of(served(asked.length));
    }) as unknown as Ask;
    const inputs = {
      warm$: cold('     f 9ms t 2999ms f', { f: false, t: true }),
      sight$: cold('    s 999ms z', { s: SIGHT, z: { ...SIGHT, west: 175, east: -175 } }),
      window$: of(WINDOW),
      by$: of<Clock>('event'),
      status$: cold('   a 499ms b 1499ms c', { a: status(5), b: status(5), c: status(6) }),
      reset$: of(undefined),
    };
    const told$ = heatIn(inputs, ask).pipe(map((told) => ('heat' in told ? (told.heat?.sum ?? 'none') : told.trouble)));
    expectObservable(told$).toBe('n 9ms n 149ms a 999ms b 999ms c 849ms n', { n: 'none', a: 2, b: 3, c: 4 });
    flush();
    const [from, to] = ['1970-01-01T00:00:00.000000Z', '1970-01-01T00:00:09.000000Z'];
    const question = (box: string) => ['/api/late', { by: 'event', from, to, box, cells: 5000 }];
    const moved = question('175.000000,10.000000,-175.000000,20.000000');
    expect(asked).to.deep.equal([question('70.000000,10.000000,80.000000,20.000000'), moved, moved]);
  }));

  it('should say why it is not known', marbles(({ expectObservable }) => {
    const ask = (() => throwError(() => new Error('late fixes cannot be read'))) as unknown as Ask;
    const inputs = { warm$: of(true), sight$: of(SIGHT), window$: of(WINDOW), by$: of<Clock>('arrival'), status$: of(status(1)), reset$: of(undefined) };
    const told$ = heatIn(inputs, ask).pipe(map((told) => ('heat' in told ? 'none' : told.trouble)));
    expectObservable(told$).toBe('n 149ms (t|)', { n: 'none', t: 'late fixes cannot be read' });
  }));
});
