import { Unanswered } from '../../../src/page/api/Unanswered.js';
import { Refused } from '../../../src/page/api/Refused.js';
import { orTrouble } from '../../../src/page/model/orTrouble.js';
import { marbles } from '../../support/marbles.js';

describe('orTrouble', () => {
  it('should pass on an answer', marbles(({ cold, expectObservable }) => {
    expectObservable(cold('--a-b|').pipe(orTrouble)).toBe('--a-b|');
  }));

  it('should say why there is none, and end', marbles(({ cold, expectObservable }) => {
    const source =   cold('--#', undefined, new Refused('unknown', 'unknown device a'));
    const expected =      '--(t|)';
    expectObservable(source.pipe(orTrouble)).toBe(expected, { t: { trouble: 'unknown device a' } });
  }));

  it('should ask again after two seconds where nobody answered', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold('a-#', undefined, new Unanswered('the server does not answer'));
    const unsub =       '-- 2s ---!';
    const expected =    'a-t 1999ms a-(t)';
    expectObservable(source.pipe(orTrouble), unsub).toBe(expected.replace('(t)', 't'), {
      a: 'a',
      t: { trouble: 'the server does not answer' },
    });
    expectSubscriptions(source.subscriptions).toBe(['^-!', '-- 2s ^-!']);
  }));
});
