import { expect } from 'chai';
import { captionOf } from '../../../src/page/model/captionOf.js';

const AT = Date.UTC(2021, 9, 23, 12, 30, 40) * 1000 + 250_000;

describe('captionOf', () => {
  it('should say when, by which clock, of what, and which track there is', () => {
    const options = { zone: 'utc', device: undefined, minutes: 60, log: 'output/output_stream.csv' } as const;
    expect(captionOf({ at: AT, by: 'arrival', vehicles: new Map() }, options)).to.deep.equal([
      '2021-10-23 12:30:40.25 UTC, as arrived: what was known then',
      '0 devices of output/output_stream.csv',
    ]);
    const lines = captionOf({ at: AT, by: 'event', vehicles: new Map() }, { ...options, device: '7', minutes: 360, zone: 'local' });
    expect(lines[0]).to.match(/^2021-10-\d\d \d\d:\d\d:40\.25 UTC[+-]\d\d:\d\d, as recorded: where everyone was then$/);
    expect(lines.slice(2)).to.deep.equal(['Device 7, with its track of the last 6 hours']);
  });

  it('should say how many late fixes are shown as heat', () => {
    const options = { zone: 'utc', device: undefined, minutes: 60, log: 'log.csv', late: 1234 } as const;
    expect(captionOf({ at: AT, by: 'arrival', vehicles: new Map() }, options).slice(2)).to.deep.equal([
      'The warmer, the more late fixes were there: 1,234 in sight',
    ]);
  });
});
