import { expect } from 'chai';
import fc from 'fast-check';
import { NamedZone } from '../../../src/domain/times/NamedZone.js';

const ZONES = [
  'Asia/Kolkata', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/St_Johns', 'Pacific/Apia', 'Africa/Monrovia',
  'Europe/Amsterdam', 'Asia/Gaza', 'America/Sao_Paulo', 'Africa/Casablanca', 'Antarctica/Troll', 'UTC',
];
const HOUR = 3_600_000;
const MOST = 27 * HOUR;

/** What the clocks of a zone show at a moment, as milliseconds since 1970 of that clock: by formatting the date, not by its offset. */
const shownIn = new Map(
  ZONES.map((zone) => {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    return [
      zone,
      (at: number) => {
        const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
        return Date.UTC(part['year']!, part['month']! - 1, part['day'], part['hour'], part['minute'], part['second']);
      },
    ];
  }),
);

/** All moments at which the clocks showed something: found by looking at every offset that changes the clock within two days around. */
function momentsOf(zone: string, wall: number): number[] {
  const shown = shownIn.get(zone)!;
  const offsets = new Set<number>();
  for (let at = wall - MOST; at <= wall + MOST; at += HOUR / 2) offsets.add(shown(at) - at);
  return [...offsets].map((offset) => wall - offset).filter((at) => shown(at) === wall).sort((a, b) => a - b);
}

/** When the clocks were put forward over what they never showed: between the last moment before that and the next. */
function skippedOf(zone: string, wall: number): number {
  const shown = shownIn.get(zone)!;
  let [before, after] = [wall - MOST, wall + MOST];
  while (after - before > 1000) {
    const middle = 1000 * Math.floor((before + after) / 2000);
    if (shown(middle) < wall) before = middle;
    else after = middle;
  }
  return wall - (shown(before) - before); // by the clock as it was before the change
}

/** Seconds near changes of some zone, and any others. */
const walls = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(
        '2021-03-28T02:00',
        '2021-10-31T02:00',
        '2021-03-14T02:00',
        '2021-11-07T01:00',
        '2021-04-04T01:30',
        '2021-10-03T02:00',
        '2011-12-30T12:00',
        '1972-01-07T00:00',
        '1937-07-01T00:00',
        '2018-11-04T00:00',
        '2019-03-31T03:00',
        '2011-11-06T00:00',
        '2010-03-14T00:01',
        '1940-05-16T00:00',
      ),
      fc.integer({ min: -5400, max: 5400 }),
    )
    .map(([time, seconds]) => Date.parse(`${time}Z`) + seconds * 1000),
  fc.integer({ min: -2_000_000_000, max: 4_000_000_000 }).map((seconds) => seconds * 1000),
);

describe('NamedZone', () => {
  it('should place what clocks showed once, the earlier of what they showed twice, and what they skipped as late after the change', () => {
    const zones = new Map(ZONES.map((zone) => [zone, new NamedZone(zone)]));
    const kinds = [0, 0, 0];
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), walls, fc.nat({ max: 999_999 }), (zone, wall, micros) => {
        const [first, second] = momentsOf(zone, wall);
        const kind = first === undefined ? 1 : second === undefined ? 0 : 2;
        kinds[kind]!++;
        expect(zones.get(zone)!.place(wall * 1000 + micros)).to.deep.equal({
          instant: (first ?? skippedOf(zone, wall)) * 1000 + micros,
          kind,
        });
      }),
      { numRuns: 1500 },
    );
    expect(Math.min(...kinds), 'of each kind').to.be.greaterThan(5);
  });

  for (const [zone, wall, instant, kind] of [
    ['Europe/Berlin', '2021-03-28T01:59:59', '2021-03-28T00:59:59', 0],
    ['Europe/Berlin', '2021-03-28T02:30:00', '2021-03-28T01:30:00', 1],
    ['Europe/Berlin', '2021-03-28T03:00:00', '2021-03-28T01:00:00', 0],
    ['Europe/Berlin', '2021-10-31T02:30:00', '2021-10-31T00:30:00', 2],
    ['Europe/Berlin', '2021-10-31T03:00:00', '2021-10-31T02:00:00', 0],
    ['America/New_York', '2021-11-07T01:30:00', '2021-11-07T05:30:00', 2],
    ['Australia/Lord_Howe', '2021-10-03T02:15:00', '2021-10-02T15:45:00', 1],
    ['Pacific/Apia', '2011-12-30T12:00:00', '2011-12-30T22:00:00', 1],
    ['Asia/Kolkata', '2021-10-23T18:00:00', '2021-10-23T12:30:00', 0],
  ] as const) {
    it(`should say that ${wall} in ${zone} is ${instant} in UTC`, () => {
      expect(new NamedZone(zone).place(Date.parse(`${wall}Z`) * 1000)).to.deep.equal({ instant: Date.parse(`${instant}Z`) * 1000, kind });
    });
  }
});
