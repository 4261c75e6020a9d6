import { EMPTY } from 'rxjs';
import type { Intent } from '../../../src/page/model/Intent.js';
import type { Moment } from '../../../src/page/model/Moment.js';
import type { Span } from '../../../src/page/model/spanOf.js';
import { windowed } from '../../../src/page/model/windowed.js';
import { marbles } from '../../support/marbles.js';

const SPAN: Span = { first: 0, last: 1000e6, newest: 800e6 };
const all = { from: 0, to: 1000e6, isZoomed: false };
const zoom = (from: number, to: number): Intent => ({ want: 'zoom', stretch: { from: from * 1e6, to: to * 1e6 } });
const moment = (seconds: number): Moment => ({ at: seconds * 1e6, by: 'arrival' });
const window = (from: number, to: number) => ({ from: from * 1e6, to: to * 1e6, isZoomed: true });

describe('windowed', () => {
  it('should be all of the recording, then what somebody zooms to, as far as there is some, and all again', marbles(({ cold, expectObservable }) => {
    const intent = cold<Intent>(' -a-b-c-d-e', {
      a: zoom(100, 200),
      b: zoom(-50, 50),
      c: zoom(950, 1050),
      d: zoom(-1, 1001),
      e: { want: 'zoom', stretch: undefined },
    });
    expectObservable(windowed(intent, cold('s', { s: SPAN }), EMPTY)).toBe('wa-b-c-w', {
      w: all,
      a: window(100, 200),
      b: window(0, 100),
      c: window(900, 1000),
    });
  }));

  it('should move along with a moment that leaves it, and stay when it was moved away from the moment itself', marbles(({ cold, expectObservable }) => {
    const intent = cold<Intent>('  -z-----y', { z: zoom(100, 200), y: zoom(600, 700) });
    const moment$ = cold<Moment>('m-n-o-p---q-l', {
      m: moment(150),
      n: moment(190),
      o: moment(201),
      p: moment(100),
      q: moment(650),
      l: { at: 'live', by: 'arrival' },
    });
    expectObservable(windowed(intent, cold('s', { s: SPAN }), moment$)).toBe('wz--o-py', {
      w: all,
      z: window(100, 200),
      o: window(191, 291),
      p: window(10, 110),
      y: window(600, 700),
    });
  }));

  it('should grow with the recording as long as nobody zooms', marbles(({ cold, expectObservable }) => {
    const span = cold('s-t', { s: SPAN, t: { ...SPAN, last: 1200e6 } });
    expectObservable(windowed(EMPTY, span, EMPTY)).toBe('w-v', { w: all, v: { ...all, to: 1200e6 } });
  }));
});
