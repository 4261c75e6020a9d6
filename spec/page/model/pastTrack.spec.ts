import { expect } from 'chai';
import { map, of, throwError, type Observable } from 'rxjs';
import type { Ask } from '../../../src/page/api/getJson.js';
import { Refused } from '../../../src/page/api/Refused.js';
import type { ServedFix } from '../../../src/page/api/served.js';
import { instantOf } from '../../../src/page/model/instantOf.js';
import type { Moment } from '../../../src/page/model/Moment.js';
import { pastTrack } from '../../../src/page/model/pastTrack.js';
import { marbles } from '../../support/marbles.js';
import { served, time } from '../support/served.js';

const A_MINUTE = { device: 'a', minutes: 1 } as const;
const at = (second: number, by: Moment['by'] = 'event'): Moment => ({ at: instantOf(time(second)), by });
const page = (...fixes: readonly ServedFix[]) => ({ fixes, next: null });
const second = (at: number) => Math.round((at - instantOf(time(0))) / 1e6);
const look = (track$: ReturnType<typeof pastTrack>) =>
  track$.pipe(map(({ fixes, trouble }) => trouble ?? fixes.map(({ event }) => (event - instantOf(time(0))) / 1e6).join(' ')));

describe('pastTrack', () => {
  it('should follow a moment that moves, and ask again only where it leaves what is known', marbles(({ cold, expectObservable }) => {
    const answers: Observable<unknown>[] = [
      cold('--(a|)', { a: page(served('a', 20), served('a', 65), served('a', 72)) }),
      cold('--(b|)', { b: page(served('a', 65), served('a', 72), served('a', 80)) }),
    ];
    const ask = (() => answers.shift()!) as Ask;
    const moment$ = cold('a 199ms b 199ms c', { a: at(70), b: at(74), c: at(90) });
    expectObservable(look(pastTrack(moment$, { ...A_MINUTE, by: 'event' }, ask))).toBe('2ms a 197ms b 201ms c', {
      a: '20 65',
      b: '20 65 72',
      c: '65 72 80',
    });
  }));

  it('should have no fix that has not arrived by then, by that clock', marbles(({ cold, expectObservable }) => {
    const ask = (() => of(page(served('a', 20, 75), served('a', 60, 62)))) as unknown as Ask;
    const moment$ = cold('a 199ms b', { a: at(70, 'arrival'), b: at(76, 'arrival') });
    expectObservable(look(pastTrack(moment$, { ...A_MINUTE, by: 'arrival' }, ask))).toBe('a 199ms b', { a: '60', b: '20 60' });
  }));

  it('should reach back from the last fix of a device that was silent for longer, and say so', marbles(({ cold, expectObservable, flush }) => {
    const known = [served('a', 20), served('a', 70), served('a', 100), served('a', 400)];
    const asked: string[] = [];
    const ask = ((path: string, { at, from, to }: Readonly<Record<string, string>>) => {
      asked.push(path.split('/').at(-1)!);
      const fixes = known.filter(({ event_time }) => (at === undefined ? event_time >= from! && event_time <= to! : event_time <= at));
      return of(at === undefined ? page(...fixes) : fixes.at(-1));
    }) as unknown as Ask;
    const moment$ = cold('a 199ms b 199ms c', { a: at(300), b: at(310), c: at(401) });
    const track$ = pastTrack(moment$, { ...A_MINUTE, by: 'event' }, ask);
    const said$ = track$.pipe(
      map(({ fixes, silentSince }) => [...fixes.map(({ event }) => second(event)), silentSince && second(silentSince)]),
    );
    expectObservable(said$).toBe('a 199ms b 199ms c', { a: [70, 100, 100], b: [70, 100, 100], c: [400, undefined] });
    flush();
    expect(asked).to.deep.equal(['track', 'fix', 'track', 'track']);
  }));

  it('should be empty at a moment before the first fix', marbles(({ cold, expectObservable, flush }) => {
    let asked = 0;
    const ask = ((path: string) => {
      asked++;
      return path.endsWith('fix') ? throwError(() => new Refused('later', 'not yet')) : of(page());
    }) as unknown as Ask;
    const moment$ = cold('a 199ms b', { a: at(300), b: at(301) });
    expectObservable(look(pastTrack(moment$, { ...A_MINUTE, by: 'event' }, ask))).toBe('a 199ms b', { a: '', b: '' });
    flush();
    expect(asked).to.equal(2);
  }));

  it('should say why there is none, and ask again for the next moment', marbles(({ cold, expectObservable }) => {
    const answers: Observable<unknown>[] = [cold('--#', {}, new Error('no')), cold('--(a|)', { a: page(served('a', 65)) })];
    const ask = (() => answers.shift()!) as Ask;
    const moment$ = cold('a 199ms b', { a: at(70), b: at(71) });
    expectObservable(look(pastTrack(moment$, { ...A_MINUTE, by: 'event' }, ask))).toBe('2ms a 199ms b', { a: 'no', b: '65' });
  }));
});
