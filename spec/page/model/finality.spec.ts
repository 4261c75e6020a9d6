import { expect } from 'chai';
import { finality } from '../../../src/page/model/finality.js';

describe('finality', () => {
  it('should be final up to the moment up to which all is there, that included', () => {
    expect(finality({ at: 7, by: 'arrival' }, 7)).to.equal('final');
    expect(finality({ at: 8, by: 'arrival' }, 7)).to.equal('open');
  });

  it('should be open where devices were, since that may be told late', () => {
    expect(finality({ at: 1, by: 'event' }, 7)).to.equal('open');
  });

  it('should be neither where nobody promises anything, as of a log', () => {
    expect(finality({ at: 1, by: 'arrival' }, undefined)).to.equal(undefined);
  });
});
