import { map, of, type Observable } from 'rxjs';
import type { Ask } from '../../../src/page/api/getJson.js';
import type { ServedFix } from '../../../src/page/api/served.js';
import { instantOf } from '../../../src/page/model/instantOf.js';
import type { Moment } from '../../../src/page/model/Moment.js';
import { pastTrack } from '../../../src/page/model/pastTrack.js';
import { marbles } from '../../support/marbles.js';
import { served, time } from '../support/served.js';

const A_MINUTE = { device: 'a', minutes: 1 } as const;
const at = (second: number, by: Moment['by'] = 'event'): Moment => ({ at: instantOf(time(second)), by });
const page = (...fixes: readonly ServedFix[]) => ({ fixes, next: null });
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

  it('should say why there is none, and ask again for the next moment', marbles(({ cold, expectObservable }) => {
    const answers: Observable<unknown>[] = [cold('--#', {}, new Error('no')), cold('--(a|)', { a: page(served('a', 65)) })];
    const ask = (() => answers.shift()!) as Ask;
    const moment$ = cold('a 199ms b', { a: at(70), b: at(71) });
    expectObservable(look(pastTrack(moment$, { ...A_MINUTE, by: 'event' }, ask))).toBe('2ms a 199ms b', { a: 'no', b: '65' });
  }));
});
