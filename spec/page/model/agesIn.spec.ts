import { expect } from 'chai';
import { filter, map, NEVER, of } from 'rxjs';
import type { AskFleet } from '../../../src/page/api/Server.js';
import { agesIn } from '../../../src/page/model/agesIn.js';
import { Fleet } from '../../../src/page/model/Fleet.js';
import type { Picture } from '../../../src/page/model/Picture.js';
import { sighting } from '../../../src/page/model/Sighting.js';
import { marbles } from '../../support/marbles.js';
import { served, time } from '../support/served.js';

const micros = (second: number) => sighting(served('a', second)).event;
const fixes = (...seconds: number[]) => seconds.map((second, i) => sighting(served(`d${i}`, second)));
const picture = (second: number, ...seconds: number[]) =>
  ({ at: micros(second), vehicles: new Fleet(fixes(...seconds)).vehicles }) as unknown as Picture;
const SPAN = { first: micros(0), last: micros(1000), newest: micros(690) };

describe('agesIn', () => {
  it('should tell how old the fixes were at moments of the stretch, up to the newest, and how old they are as the log grows', marbles(({ cold, expectObservable, flush }) => {
    const asked: number[] = [];
    const askFleet: AskFleet = ({ at } = {}) => {
      asked.push((at! - micros(0)) / 1e6);
      return of({ at, fixes: fixes(0, (at! - micros(0)) / 1e6) });
    };
    const inputs = {
      window$: of({ from: micros(0), to: micros(1000) }),
      span$: of(SPAN),
      live$: cold<Picture>('p 2s q', { p: picture(690, 690, 680), q: picture(700, 0, 700) }),
      reset$: of(undefined),
    };
    const told$ = agesIn(inputs, askFleet).pipe(
      map((told) => ('ages' in told ? told.ages.map(({ fresh, ageing, old, at }) => [(at - micros(0)) / 1e6, fresh, ageing, old]) : told)),
    );
    const seen: unknown[] = [];
    told$.subscribe((told) => seen.push(told));
    expectObservable(NEVER).toBe('');
    flush();
    const sampled = Array.from({ length: 24 }, (_, i) => 30 * i);
    expect(asked).to.deep.equal(sampled);
    const ages = sampled.map((at) => (at < 60 ? [at, 2, 0, 0] : at < 600 ? [at, 1, 1, 0] : [at, 1, 0, 1]));
    expect(seen.at(-1)).to.deep.equal([...ages.slice(0, -1), [690, 2, 0, 0], [700, 1, 0, 1]]);
  }));

  it('should ask for nothing while nothing has arrived', marbles(({ expectObservable }) => {
    const inputs = { window$: of({ from: 0, to: 1 }), span$: of(SPAN), live$: of(picture(0)), reset$: of(undefined) };
    const askFleet: AskFleet = () => {
      throw new Error(`asked at ${time(0)}`);
    };
    expectObservable(agesIn(inputs, askFleet).pipe(map((told) => ('ages' in told ? told.ages.length : told.trouble)))).toBe('(0|)', { 0: 0 });
  }));

  it('should wait until a replay that has only just begun has come further', marbles(({ cold, expectObservable }) => {
    const inputs = {
      window$: of({ from: micros(0), to: micros(1000) }),
      span$: cold('a 1s b', { a: { ...SPAN, newest: SPAN.first }, b: SPAN }),
      live$: cold<Picture>('p', { p: picture(0, 0) }),
      reset$: of(undefined),
    };
    const askFleet: AskFleet = ({ at } = {}) => of({ at, fixes: fixes(0) });
    const told$ = agesIn(inputs, askFleet).pipe(
      map((told) => ('ages' in told ? told.ages.length : told.trouble)),
      filter((count) => count === 24),
    );
    expectObservable(told$).toBe('1001ms a', { a: 24 });
  }));
});
