import { expect } from 'chai';
import { concat, defer, map, NEVER, of, shareReplay, type Observable } from 'rxjs';
import type { Ask } from '../../../src/page/api/getJson.js';
import { Refused } from '../../../src/page/api/Refused.js';
import type { ServedFix } from '../../../src/page/api/served.js';
import { chosenTrack } from '../../../src/page/model/chosenTrack.js';
import { Vehicle } from '../../../src/page/model/Fleet.js';
import { instantOf } from '../../../src/page/model/instantOf.js';
import type { Moment } from '../../../src/page/model/Moment.js';
import type { Picture } from '../../../src/page/model/Picture.js';
import { sighting } from '../../../src/page/model/Sighting.js';
import type { Track } from '../../../src/page/model/Track.js';
import { marbles } from '../../support/marbles.js';
import { served, time } from '../support/served.js';

const LIVE: Moment = { at: 'live', by: 'arrival' };
const second = (at: number) => Math.round((at - instantOf(time(0))) / 1e6);
const picture = (at: number, changes: readonly ServedFix[], late: readonly ServedFix[] = [], whole = false): Picture => ({
  live: true,
  by: 'arrival',
  at: instantOf(time(at)),
  run: 0,
  whole,
  vehicles: new Map(),
  changes: changes.map(sighting),
  late: late.map(sighting),
  elsewhere: new Map(),
  displaced: new Map(),
  compared: true,
});
const page = (...fixes: readonly ServedFix[]) => ({ fixes, next: null });
const look = (track$: Observable<Track | undefined>) =>
  track$.pipe(
    map((track) =>
      track === undefined
        ? 'none'
        : [
            `${track.device}:`,
            ...track.fixes.map(({ event }) => second(event)),
            ...(track.silentSince === undefined ? [] : [`silent since ${second(track.silentSince)}`]),
            ...(track.trouble === undefined ? [] : [track.trouble]),
          ].join(' '),
    ),
  );
const answering = (...answers: readonly Observable<unknown>[]): Ask => {
  let asked = 0;
  return (() => defer(() => answers[asked++]!)) as Ask;
};
const still = <T>(value: T): Observable<T> => concat(of(value), NEVER);
const wishes = (chosen: string | undefined, moment = LIVE, minutes = 60) => ({
  chosen$: still(chosen),
  moment$: still(moment),
  reach$: still(minutes),
});
const UNKNOWN = new Refused('unknown', 'unknown device a');

describe('chosenTrack', () => {
  it('should be none while no device is chosen', marbles(({ cold, expectObservable }) => {
    expectObservable(look(chosenTrack(cold<Picture>('-'), wishes(undefined), answering()))).toBe('150ms n', { n: 'none' });
  }));

  it('should reach back from the last fix of a device that has been silent for longer', marbles(({ cold, expectObservable, flush }) => {
    const asked: unknown[] = [];
    const ask = ((_: string, { from }: { readonly from: string }) => {
      asked.push(from);
      return of(page());
    }) as unknown as Ask;
    const vehicles = new Map([['a', new Vehicle(sighting(served('a', 600)))]]); // ten minutes
    for (const [minute, said] of [[20, 'a:'], [71, 'a: silent since 600']] as const) {
      const live$ = cold<Picture>('w', { w: { ...picture(60 * minute, [], [], true), vehicles } });
      expectObservable(look(chosenTrack(live$.pipe(shareReplay({ bufferSize: 1, refCount: true })), wishes('a'), ask)), '200ms !').toBe('150ms t', { t: said });
    }
    flush();
    expect(asked).to.deep.equal([time(60 * (20 - 60)), time(60 * (10 - 60))]);
  }));

  it('should be what the server answers, and every fix that comes, late ones where they belong', marbles(({ cold, expectObservable }) => {
    const ask = answering(cold('              --(a|)', { a: page(served('a', 1), served('a', 9)) }));
    const live = cold('                 w----bcd', {
      w: picture(10, [], [], true),
      b: picture(20, [served('a', 20)]),
      c: picture(21, [served('x', 21)]),
      d: picture(22, [], [served('a', 5, 22)]),
    });
    const expected = '              150ms --t--b-d';
    expectObservable(look(chosenTrack(live.pipe(shareReplay({ bufferSize: 1, refCount: true })), wishes('a'), ask))).toBe(expected, {
      t: 'a: 1 9',
      b: 'a: 1 9 20',
      d: 'a: 1 5 9 20',
    });
  }));

  it('should lose no fix that comes between the question and its answer', marbles(({ cold, expectObservable }) => {
    const ask = answering(cold('              ----(a|)', { a: page(served('a', 1)) }));
    const live = cold('                 wbc---d', {
      w: picture(10, [], [], true),
      b: picture(20, [served('a', 20)]),
      c: picture(21, [], [served('a', 5, 21)]),
      d: picture(22, [served('a', 22)]),
    });
    const expected = '              150ms ----t-d';
    expectObservable(look(chosenTrack(live.pipe(shareReplay({ bufferSize: 1, refCount: true })), wishes('a'), ask))).toBe(expected, {
      t: 'a: 1 5 20',
      d: 'a: 1 5 20 22',
    });
  }));

  it('should begin with the first fix of a device that the server does not know yet', marbles(({ cold, expectObservable }) => {
    const ask = answering(cold('              --#', {}, UNKNOWN));
    const live = cold('                 w-----bc', {
      w: picture(10, [], [], true),
      b: picture(20, [served('a', 20)]),
      c: picture(22, [served('a', 22)]),
    });
    const expected = '              150ms --t---bc';
    expectObservable(look(chosenTrack(live.pipe(shareReplay({ bufferSize: 1, refCount: true })), wishes('a'), ask))).toBe(expected, {
      t: 'a: unknown device a',
      b: 'a: 20',
      c: 'a: 20 22',
    });
  }));

  it('should say why there is none, and ask again with the whole fleet', marbles(({ cold, expectObservable }) => {
    const ask = answering(cold('              --#', {}, new Error('no')), cold('--(a|)', { a: page(served('a', 1), served('a', 20)) }));
    const live = cold('                 w---b--w---', { w: picture(10, [], [], true), b: picture(20, [served('a', 20)]) });
    const expected = '              150ms --t-b----a';
    expectObservable(look(chosenTrack(live.pipe(shareReplay({ bufferSize: 1, refCount: true })), wishes('a'), ask))).toBe(expected, {
      t: 'a: no',
      b: 'a: 20 no',
      a: 'a: 1 20',
    });
  }));

  it('should reach as far back as was asked for, however long it goes on', marbles(({ cold, expectObservable }) => {
    const ask = answering(cold('              --(a|)', { a: page(served('a', 35), served('a', 90)) }));
    const live = cold('                 w---b---', { w: picture(90, [], [], true), b: picture(100, [served('a', 100)]) });
    const expected = '              150ms --t-b---';
    expectObservable(look(chosenTrack(live.pipe(shareReplay({ bufferSize: 1, refCount: true })), wishes('a', LIVE, 1), ask))).toBe(
      expected,
      { t: 'a: 35 90', b: 'a: 90 100' },
    );
  }));

  it('should be of the past as the server has it', marbles(({ cold, expectObservable }) => {
    const ask = answering(cold('              --(a|)', { a: page(served('a', 1)) }));
    const live = cold('                 w---b---', { w: picture(10, [], [], true), b: picture(20, [served('a', 20)]) });
    expectObservable(
      look(
        chosenTrack(live.pipe(shareReplay({ bufferSize: 1, refCount: true })), wishes('a', { at: instantOf(time(5)), by: 'event' }), ask),
      ),
    ).toBe('150ms --t', { t: 'a: 1' });
  }));
});
