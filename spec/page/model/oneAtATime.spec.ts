import { EMPTY, map, of, throwError, timer, type ObservableInput } from 'rxjs';
import { oneAtATime } from '../../../src/page/model/oneAtATime.js';
import { marbles } from '../../support/marbles.js';

describe('oneAtATime', () => {
  const slowly = (value: string) => timer(3).pipe(map(() => value.toUpperCase()));

  it('should go on with the newest value when the one before is through', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold('  abc---------d-----|');
    const subs =        '  ^-----------------!';
    const expected =    '  ---A--C--------D--|';
    expectObservable(source.pipe(oneAtATime(slowly))).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should do the last value too when the source has ended meanwhile', marbles(({ cold, expectObservable }) => {
    const source = cold('  ab|');
    const expected =    '  ---A--(B|)';
    expectObservable(source.pipe(oneAtATime(slowly))).toBe(expected);
  }));

  it('should not wait for what is through at once', marbles(({ cold, expectObservable }) => {
    const source = cold('  abcd-|');
    const expected =    '  -b-d-|';
    expectObservable(source.pipe(oneAtATime((value) => (value === 'b' || value === 'd' ? of(value) : EMPTY)))).toBe(expected);
  }));

  it('should pass on an error of the source and of the work', marbles(({ cold, expectObservable }) => {
    expectObservable(cold('-a-#').pipe(oneAtATime((value) => of(value)))).toBe('-a-#');
    expectObservable(cold('-a--').pipe(oneAtATime((): ObservableInput<string> => throwError(() => new Error('no'))))).toBe(
      '-#',
      undefined,
      new Error('no'),
    );
    expectObservable(
      cold('-a--').pipe(
        oneAtATime((): ObservableInput<string> => {
          throw new Error('no');
        }),
      ),
    ).toBe('-#', undefined, new Error('no'));
  }));

  it('should let go of the work when it is unsubscribed from', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const work = cold('    ----x|');
    const source = cold('  -a------');
    const unsub =       '  ---!';
    expectObservable(source.pipe(oneAtATime(() => work)), unsub).toBe('----');
    expectSubscriptions(work.subscriptions).toBe('-^-!');
    expectSubscriptions(source.subscriptions).toBe('^--!');
  }));

  it('should share nothing between two subscribers', marbles(({ cold, expectObservable }) => {
    const result = cold('  ab------|').pipe(oneAtATime(slowly));
    expectObservable(result).toBe('                ---A--B-|');
    expectObservable(result, '-^--------!').toBe('  ----A--B-|');
  }));
});
