import { defer, type Observable } from 'rxjs';
import type { Ask } from '../../../src/page/api/getJson.js';
import type { Command, Pace } from '../../../src/page/api/served.js';
import { steering } from '../../../src/page/model/steering.js';
import { marbles } from '../../support/marbles.js';

const COMMANDS: Record<string, Command> = { a: { command: 'step' }, b: { command: 'rate', rate: 2 } };
const PACES: Record<string, Pace> = { A: { paused: true, rate: 1 }, B: { paused: true, rate: 2 } };
const told = {
  b: { busy: true },
  A: { busy: true, pace: PACES['A'] },
  B: { busy: false, pace: PACES['B'] },
  x: { busy: true, trouble: 'no' },
  z: { busy: false, trouble: 'no' },
};
const answering = (...answers: readonly Observable<unknown>[]): Ask => {
  let asked = 0;
  return (() => defer(() => answers[asked++]!)) as Ask;
};

describe('steering', () => {
  it(
    'should send a command when the one before is answered, and be busy until the last is',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const [first, second] = [cold('  ----A|', PACES), cold('--B|', PACES)];
      const commands = cold<Command>(' -ab---------', COMMANDS);
      const subs = '                   -^----!------';
      const next = '                   ------^--!---';
      const expected = '               -bb--A--B----';
      expectObservable(steering(commands, answering(first, second))).toBe(expected, told);
      expectSubscriptions(first.subscriptions).toBe(subs);
      expectSubscriptions(second.subscriptions).toBe(next);
    }),
  );

  it('should tell what goes wrong, and send the next', marbles(({ cold, expectObservable }) => {
    const ask = answering(cold('     --#', {}, new Error('no')), cold('--B|', PACES), cold('--#', {}, new Error('no')));
    const commands = cold<Command>(' ab----a---|', COMMANDS);
    const expected = '               bbx-B-b-z-|';
    expectObservable(steering(commands, ask)).toBe(expected, told);
  }));

  it('should end with the last answer, pass on an error, and share nothing', marbles(({ cold, expectObservable }) => {
    expectObservable(steering(cold<Command>('a|', COMMANDS), answering(cold('--B|', PACES)))).toBe('b-B|', told);
    expectObservable(steering(cold<Command>('--|'), answering())).toBe('--|');
    expectObservable(steering(cold<Command>('-#'), answering())).toBe('-#');
    const both = steering(cold<Command>('a---', COMMANDS), (() => cold('--B|', PACES)) as Ask);
    expectObservable(both).toBe('b-B-', told);
    expectObservable(both, '-^-----!').toBe('-b-B-', told);
  }));
});
