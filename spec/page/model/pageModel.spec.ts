import { defer, EMPTY, filter, map, NEVER, type Observable } from 'rxjs';
import type { Ask } from '../../../src/page/api/getJson.js';
import type { ServerEvent } from '../../../src/page/api/Server.js';
import type { Status } from '../../../src/page/api/served.js';
import { Unanswered } from '../../../src/page/api/Unanswered.js';
import { instantOf } from '../../../src/page/model/instantOf.js';
import type { Intent } from '../../../src/page/model/Intent.js';
import { pageModel } from '../../../src/page/model/pageModel.js';
import { marbles } from '../../support/marbles.js';
import { served, time } from '../support/served.js';

const LIVE = { moment: { at: 'live', by: 'arrival' }, chosen: undefined, follow: false, heat: false, look: undefined } as const;
const PAST = { moment: { at: instantOf(time(50)), by: 'arrival' }, chosen: undefined, follow: false, heat: false, look: undefined } as const;
const status = (paused: boolean, changes = 0) => ({ version: '1', paused, rate: 1, changes }) as unknown as Status;
const pace = (paused: boolean): ServerEvent => ({ type: 'pace', pace: { paused, rate: 1 } });
const pause: Intent = { want: 'steer', command: { command: 'pause' } };

/** A server: by path, the answers that it gives one after the other, and then none. */
const server = (answers: Readonly<Record<string, readonly Observable<unknown>[]>>): Ask => {
  const asked: Record<string, number> = {};
  return ((path: string) => defer(() => answers[path]?.[(asked[path] = (asked[path] ?? -1) + 1)] ?? NEVER)) as Ask;
};
const shown = (status$: Observable<Status>) => status$.pipe(map(({ paused, changes }) => `${paused ? 'paused' : 'playing'} ${changes}`));

describe('pageModel', () => {
  it(
    'should show no pace that another has overtaken: the status is asked for again',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const old = cold('                --o|', { o: status(false, 1) });
      const ask = server({ '/api/status': [old, cold('--n|', { n: status(true, 2) })] });
      const event$ = cold<ServerEvent>('-p-----', { p: pace(true) });
      const expected = '                ---n---';
      expectObservable(shown(pageModel({ intent$: NEVER, first: LIVE, event$, ask }).status$), '------!').toBe(expected, { n: 'paused 2' });
      expectSubscriptions(old.subscriptions).toBe('^!');
    }),
  );

  it('should show no pace of before a command while that is still to be answered', marbles(({ cold, expectObservable }) => {
    const ask = server({
      '/api/status': [cold('(s|)', { s: status(false, 1) }), cold('(t|)', { t: status(true, 2) })],
      '/api/control': [cold('----c|', { c: { paused: true, rate: 1 } })],
    });
    const intent$ = cold<Intent>('    -c-----', { c: pause });
    const event$ = cold<ServerEvent>('---p---', { p: pace(false) });
    const expected = '                s----c 994ms t';
    expectObservable(shown(pageModel({ intent$, first: LIVE, event$, ask }).status$), '1001ms !').toBe(expected, {
      s: 'playing 1',
      c: 'paused 1',
      t: 'paused 2',
    });
  }));

  it('should say that the server is lost while the connection is given up, and make another', marbles(({ cold, expectObservable }) => {
    const connections = [cold<ServerEvent>('-o-#', { o: { type: 'open' } }), cold<ServerEvent>('-o--', { o: { type: 'open' } })];
    const event$ = defer(() => connections.shift()!);
    expectObservable(pageModel({ intent$: NEVER, first: LIVE, event$, ask: server({}) }).lost$).toBe('-o-l 1999ms -o', {
      o: false,
      l: true,
    });
  }));

  it('should ask for the past again when another log has taken the place of this one', marbles(({ cold, expectObservable }) => {
    const fleet = (device: string) => cold('(f|)', { f: { at: time(50), fixes: [served(device, 9)] } });
    const all = ['a', 'a', 'a', 'b', 'b', 'b'].map(fleet);
    const ask = server({ '/api/fleet': all });
    const event$ = cold<ServerEvent>('----r--', { r: { type: 'reset' } });
    const devices$ = pageModel({ intent$: NEVER, first: PAST, event$, ask }).picture$.pipe(
      filter(({ compared }) => compared),
      map(({ vehicles }) => [...vehicles.keys()].join()),
    );
    expectObservable(devices$, '------!').toBe('(aa)(bb)', { a: 'a', b: 'b' });
  }));

  it('should say that the server does not answer, and ask for the past again', marbles(({ cold, expectObservable }) => {
    const fleet = cold('(f|)', { f: { at: time(50), fixes: [served('a', 9)] } });
    const ask = server({
      '/api/fleet': [cold('-#', {}, new Unanswered('the server does not answer')), cold('-|'), cold('-|'), fleet, fleet, fleet],
    });
    const { picture$, trouble$ } = pageModel({ intent$: NEVER, first: PAST, event$: EMPTY, ask });
    expectObservable(trouble$, '900ms !').toBe('-t', { t: 'the server does not answer' });
    expectObservable(
      picture$.pipe(
        filter(({ compared }) => compared),
        map(({ vehicles }) => vehicles.size),
      ),
      '2900ms !',
    ).toBe('- 2000ms (aa)', { a: 1 });
  }));

  it('should tell charts that are loaded later what has been answered', marbles(({ cold, expectObservable }) => {
    const known = { ...status(false, 7), span: { first: time(0), last: time(60) }, stream_time: time(60) };
    const counted = { by: 'arrival', from: time(0), step_seconds: 60, changes: [7], late: [0], duplicate: [0], conflict: [0] };
    const ask = server({ '/api/status': [cold('s|', { s: known })], '/api/histogram': [cold('h|', { h: counted })] });
    const { overview$, trouble$ } = pageModel({ intent$: NEVER, first: LIVE, event$: NEVER, ask });
    expectObservable(trouble$, '900ms !').toBe(''); // which is listened to from the start
    const changes$ = overview$.pipe(map(({ bins }) => bins[0]?.changes));
    expectObservable(changes$, '500ms ^ 300ms !').toBe('500ms o', { o: 7 });
  }));
});
