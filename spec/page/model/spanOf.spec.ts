import { expect } from 'chai';
import { instantOf } from '../../../src/page/model/instantOf.js';
import { spanOf } from '../../../src/page/model/spanOf.js';
import { time } from '../support/served.js';

describe('spanOf', () => {
  const at = (second: number) => instantOf(time(second));

  it('should be the span that the server tells, and how far it is known', () => {
    expect(spanOf({ span: { first: time(1), last: time(9) }, stream_time: time(4) })).to.deep.equal({
      first: at(1),
      last: at(9),
      newest: at(4),
    });
  });

  it('should be known up to its start before anything has been played', () => {
    expect(spanOf({ span: { first: time(1), last: time(9) }, stream_time: null })).to.deep.equal({
      first: at(1),
      last: at(9),
      newest: at(1),
    });
  });

  it('should be undefined while nothing has arrived', () => {
    expect(spanOf({ span: null, stream_time: null })).to.equal(undefined);
  });
});
