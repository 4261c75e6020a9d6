import { expect } from 'chai';
import fc from 'fast-check';
import { parseInstant } from '../../src/domain/instant.js';
import { momentOf, spanOf } from '../../src/serve/parameters.js';

const two = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
/** Times with an offset to the east. */
const eastern = fc
  .record({
    separator: fc.constantFrom('T', ' '),
    clock: fc.constantFrom('12:30', '12:30:40', '12:30:40.123456', '05:30'),
    offset: fc.tuple(two(14), fc.constantFrom(':', '', undefined), two(59)),
  })
  .map(({ separator, clock, offset: [hours, colon, minutes] }) => ({
    before: `2021-10-23${separator}${clock}`,
    offset: colon === undefined ? hours : `${hours}${colon}${minutes}`,
  }));

describe('a time in an address', () => {
  it('should be understood with its + unencoded, which comes as a blank', () => {
    fc.assert(
      fc.property(eastern, ({ before, offset }) => {
        const instant = parseInstant(`${before}+${offset}`);
        expect(instant).to.be.a('number');
        const came = new URLSearchParams(`at=${before.replace(' ', '%20')}+${offset}`).get('at')!;
        expect(came).to.include(` ${offset}`);
        expect(momentOf({ at: came, known_at: came }, Date.now)).to.include({ at: instant, knownAt: instant });
        expect(spanOf({ from: came, to: came }, Date.now)).to.include({ from: instant, to: instant });
      }),
    );
  });

  it('should not be taken for another where a blank stands for T, or for one where there is none', () => {
    expect(momentOf({ at: '2021-10-23 05:30' }, Date.now).at).to.equal(parseInstant('2021-10-23T05:30Z'));
    for (const at of ['2021-10-23 05', '2021-10-23T12:30:40  05:30', '2021-10-23T12:30:40 25:00', '2021-10-23T12:30 05:30 05:30', 'now 05:30'])
      expect(() => momentOf({ at }, Date.now), at).to.throw(/^at ".*" is not a valid time: write it like /);
  });
});
