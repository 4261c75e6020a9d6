import { expect } from 'chai';
import { TestScheduler, type RunHelpers } from 'rxjs/testing';

/** A mocha test whose time is virtual: `it('should …', marbles(({ cold, expectObservable }) => { … }))`. */
export const marbles = (test: (helpers: RunHelpers, scheduler: TestScheduler) => void) => (): void => {
  const scheduler = new TestScheduler((actual, expected) => {
    expect(actual).to.deep.equal(expected);
  });
  scheduler.run((helpers) => { test(helpers, scheduler); });
};
