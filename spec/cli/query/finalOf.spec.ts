import { expect } from 'chai';
import { finalOf } from '../../../src/cli/query/finalOf.js';
import { querySettings } from '../../../src/cli/query/querySettings.js';

const T = Date.UTC(2021, 9, 23, 12, 30) * 1000;

describe('finalOf', () => {
  for (const [question, isFinal] of [
    ['8250 2021-10-23T12:30:00Z', true],
    ['8250 2021-10-23T12:30:00.000001Z', false],
    ['8250', false],
    ['8250 --known-at 2021-10-23T12:30:00Z', true],
    ['8250 2021-10-23T13:00:00Z --known-at 2021-10-23T12:00:00Z', true],
    ['8250 2021-10-23T12:00:00Z --by event', false],
    ['8250 2021-10-23T12:00:00Z --by event --known-at 2021-10-23T12:30:00Z', true],
    ['--all 2021-10-23T12:29:00Z', true],
    ['8250 --to 2021-10-23T12:00:00Z', false],
    ['8250 --to 2021-10-23T12:00:00Z --by arrival', true],
    ['8250 --from 2021-10-23T12:00:00Z --by arrival', false],
    ['8250 --from 2021-10-23T12:00:00Z --known-at 2021-10-23T12:30:00Z', true],
  ] as const) {
    it(`should say that the answer ${isFinal ? 'is final' : 'may still change'}: ${question}`, () => {
      const final = finalOf(querySettings(question.split(' ')), T);
      expect(final).to.include({ until: T, isFinal });
      expect(final.words).to.equal(
        isFinal
          ? 'yes: all fixes that arrived up to 2021-10-23T12:30:00.000000Z are in the store'
          : 'no: this answer may still change; all fixes that arrived up to 2021-10-23T12:30:00.000000Z are in the store',
      );
    });
  }

  it('should say that nobody knows', () => {
    expect(finalOf(querySettings(['8250', '2021-10-23']), undefined)).to.deep.equal({
      until: undefined,
      isFinal: false,
      words: 'no: this answer may still change; it is not known yet up to when all fixes are in the store',
    });
  });
});
