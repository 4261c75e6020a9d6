import { expect } from 'chai';
import fc from 'fast-check';
import { formatLink } from '../../../src/page/model/formatLink.js';
import { instantOf } from '../../../src/page/model/instantOf.js';
import { parseLink, type Link } from '../../../src/page/model/parseLink.js';

const LIVE: Link = { moment: { at: 'live', by: 'arrival' }, chosen: undefined };

describe('parseLink', () => {
  it('should read what formatLink writes, whatever the name of a device', () => {
    const links = fc.record({
      moment: fc.record({
        at: fc.oneof(fc.constant('live' as const), fc.integer({ min: 0, max: 2 ** 50 })),
        by: fc.constantFrom('arrival' as const, 'event' as const),
      }),
      chosen: fc.option(fc.string({ minLength: 1, unit: 'grapheme' }), { nil: undefined }),
    });
    fc.assert(fc.property(links, (link) => { expect(parseLink(formatLink(link))).to.deep.equal(link); }));
  });

  it('should be live, of all, where an address names nothing that can be had', () => {
    for (const hash of ['', '#', '#device=', '#at=yesterday', '#by=night', '#x=y']) expect(parseLink(hash)).to.deep.equal(LIVE);
    expect(formatLink(LIVE)).to.equal('');
  });

  it('should read an address that was written by hand', () => {
    expect(parseLink('#device=8250&at=2021-10-23T12:30:40Z&by=event')).to.deep.equal({
      moment: { at: instantOf('2021-10-23T12:30:40Z'), by: 'event' },
      chosen: '8250',
    });
  });
});
