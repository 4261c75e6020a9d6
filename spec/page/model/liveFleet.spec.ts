import { defer, EMPTY, map, type Observable } from 'rxjs';
import { fleetsOf } from '../../../src/page/api/fleetsOf.js';
import type { Ask } from '../../../src/page/api/getJson.js';
import type { AskFleet, ServerEvent } from '../../../src/page/api/Server.js';
import type { ServedFix } from '../../../src/page/api/served.js';
import { instantOf } from '../../../src/page/model/instantOf.js';
import { liveFleet } from '../../../src/page/model/liveFleet.js';
import type { Picture } from '../../../src/page/model/Picture.js';
import { marbles } from '../../support/marbles.js';
import { flushed, served, time } from '../support/served.js';

const opened: ServerEvent = { type: 'open' };
const reset: ServerEvent = { type: 'reset' };
const flush = (...args: Parameters<typeof flushed>): ServerEvent => ({ type: 'flush', flush: flushed(...args) });
const whole = (at: number, ...fixes: readonly ServedFix[]) => ({ at: time(at), fixes });
const second = (at: number) => Math.round((at - instantOf(time(0))) / 1e6);

/** A picture in short: `*` if it is the whole, which run it is of, each device with the second of its fix, the second of the picture. */
const short = ({ vehicles, whole, run, at }: Picture) =>
  [
    `${whole ? '*' : ''}${run}:`,
    ...[...vehicles].map(([device, { latest }]) => `${device}${second(latest.event)}`).sort(),
    at === 0 ? '-' : `@${second(at)}`,
  ].join(' ');
const look = (picture$: Observable<Picture>) => picture$.pipe(map(short));

/** Answers the questions for the whole fleet one after the other, and those for the fleet of a minute before. */
const answering = (wholes: readonly Observable<unknown>[], before: Observable<unknown> = EMPTY): AskFleet => {
  let asked = 0;
  return fleetsOf(((_: string, { at }: { at?: string } = {}) => defer(() => (at === undefined ? wholes[asked++]! : before))) as Ask);
};

describe('liveFleet', () => {
  it('should be the whole fleet, and what each flush makes of it', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const ask = answering([cold('       --a|', { a: whole(10, served('a', 9), served('b', 5)) })]);
    const events = cold<ServerEvent>('  o---f-|', { o: opened, f: flush([served('a', 12)], [served('b', 3, 12)]) });
    const subs = '                      ^-----!';
    const expected = '                  --w-f-|';
    expectObservable(look(liveFleet(events, ask))).toBe(expected, { w: '*0: a9 b5 @10', f: '0: a12 b5 @12' });
    expectSubscriptions(events.subscriptions).toBe([subs, subs]);
  }));

  it('should keep what flushes bring between the question and its answer', marbles(({ cold, expectObservable }) => {
    const ask = answering([cold('       ----a|', { a: whole(10, served('a', 9), served('b', 9)) })]);
    const events = cold<ServerEvent>('  o-f----', { o: opened, f: flush([served('a', 12), served('c', 11)]) });
    const expected = '                  --f-w--';
    expectObservable(look(liveFleet(events, ask))).toBe(expected, { f: '0: a12 c11 @12', w: '*0: a12 b9 c11 @12' });
  }));

  it(
    'should show nothing of the run before, whatever a flush brings before the whole of the new one is there',
    marbles(({ cold, expectObservable }) => {
      const ask = answering([
        cold('-a|', { a: whole(99, served('a', 99), served('b', 99)) }),
        cold('---b|', { b: whole(2, served('a', 1), served('c', 2)) }),
      ]);
      const events = cold<ServerEvent>('  o--r-f----', { o: opened, r: reset, f: flush([served('a', 3)]) });
      const expected = '                  -a-n-fb---';
      expectObservable(look(liveFleet(events, ask))).toBe(expected, { a: '*0: a99 b99 @99', n: '*1: -', f: '1: a3 @3', b: '*1: a3 c2 @3' });
    }),
  );

  it('should take no answer for that of another run', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const old = cold('                  -----a|', { a: whole(99, served('a', 99)) });
    const ask = answering([old, cold('     ----b|', { b: whole(2, served('c', 2)) })]);
    const events = cold<ServerEvent>('  o--r------', { o: opened, r: reset });
    const subs = '                      ^--!------';
    const expected = '                  ---n---b--';
    expectObservable(look(liveFleet(events, ask))).toBe(expected, { n: '*1: -', b: '*1: c2 @2' });
    expectSubscriptions(old.subscriptions).toBe(subs);
  }));

  it('should be another fleet where the connection came back to another log', marbles(({ cold, expectObservable }) => {
    const ask = answering([cold('-a|', { a: whole(99, served('a', 99), served('b', 99)) }), cold('--b|', { b: whole(5, served('a', 5)) })]);
    const events = cold<ServerEvent>('  o--lof----', { o: opened, l: { type: 'lost' }, f: flush([served('a', 4)]) });
    const expected = '                  -a---fb---';
    expectObservable(look(liveFleet(events, ask))).toBe(expected, { a: '*0: a99 b99 @99', f: '0: a99 b99 @99', b: '*0: a5 @5' });
  }));

  it('should ask again after two seconds where there is no answer', marbles(({ cold, expectObservable }) => {
    const ask = answering([cold('-#', {}, new Error('no')), cold('--b|', { b: whole(12, served('a', 12)) })]);
    const events = cold<ServerEvent>('  o---f------', { o: opened, f: flush([served('a', 12)]) });
    const expected = '                  ----f 1998ms w';
    expectObservable(look(liveFleet(events, ask))).toBe(expected, { f: '0: a12 @12', w: '*0: a12 @12' });
  }));

  it('should know from a minute before where each is heading', marbles(({ cold, expectObservable }) => {
    const ask = answering([cold('-a|', { a: whole(60, served('a', 60)) })], cold('--b|', { b: whole(0, served('a', 1)) }));
    const events = cold<ServerEvent>('  o-----', { o: opened });
    const expected = '                  -a-b--';
    expectObservable(liveFleet(events, ask).pipe(map(({ vehicles }) => vehicles.get('a')!.course))).toBe(expected, { a: undefined, b: 0 });
  }));

  it(
    'should share nothing between two subscribers, and ask nothing any more for one that has gone',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const answer = cold('               --a|', { a: whole(10, served('a', 9)) });
      const events = cold<ServerEvent>('  o---f---', { o: opened, f: flush([served('a', 12)]) });
      const fleet$ = look(liveFleet(events, answering([answer, answer])));
      expectObservable(fleet$).toBe('           --w-f---', { w: '*0: a9 @10', f: '0: a12 @12' });
      expectObservable(fleet$, '         --^--!').toBe('----w-', { w: '*0: a9 @10' });
      expectSubscriptions(answer.subscriptions).toBe(['^--!', '--^--!']);
    }),
  );
});
