import { expect } from 'chai';
import fc from 'fast-check';
import { formatLink } from '../../../src/page/model/formatLink.js';
import { instantOf } from '../../../src/page/model/instantOf.js';
import { parseLink, type Link } from '../../../src/page/model/parseLink.js';

const LIVE: Link = { moment: { at: 'live', by: 'arrival' }, chosen: undefined, follow: false, heat: false, look: undefined };

const hundredths = (max: number, min = 0) => fc.integer({ min: min * 100, max: max * 100 }).map((value) => value / 100);

describe('parseLink', () => {
  it('should read what formatLink writes, whatever the name of a device', () => {
    const links = fc.record({
      moment: fc.record({
        at: fc.oneof(fc.constant('live' as const), fc.integer({ min: 0, max: 2 ** 50 })),
        by: fc.constantFrom('arrival' as const, 'event' as const),
      }),
      chosen: fc.option(fc.string({ minLength: 1, unit: 'grapheme' }), { nil: undefined }),
      follow: fc.boolean(),
      heat: fc.boolean(),
      look: fc.option(fc.record({ zoom: hundredths(18, -0.5), latitude: hundredths(90, -90), longitude: hundredths(500, -500) }), {
        nil: undefined,
      }),
    });
    fc.assert(
      fc.property(links, (link) => {
        expect(parseLink(formatLink(link))).to.deep.equal({ ...link, follow: link.follow && link.chosen !== undefined });
      }),
    );
  });

  it('should be live, of all, where an address names nothing that can be had', () => {
    for (const hash of ['', '#', '#device=', '#at=yesterday', '#by=night', '#x=y', '#follow=1', '#heat=2', '#map=here', '#map=3/91/0', '#map=19/0/0', '#map=-1/0/0'])
      expect(parseLink(hash)).to.deep.equal(LIVE);
    expect(formatLink(LIVE)).to.equal('');
  });

  it('should read an address that was written by hand', () => {
    expect(parseLink('#device=8250&at=2021-10-23T12:30:40Z&by=event&follow=1&heat=1&map=7.5/52.5/-13.4')).to.deep.equal({
      moment: { at: instantOf('2021-10-23T12:30:40Z'), by: 'event' },
      chosen: '8250',
      follow: true,
      heat: true,
      look: { zoom: 7.5, latitude: 52.5, longitude: -13.4 },
    });
  });
});
