import { expect } from 'chai';
import { lastValueFrom, of } from 'rxjs';
import type { ServedFix } from '../../../src/page/api/served.js';
import type { Ask } from '../../../src/page/api/getJson.js';
import { trackOf } from '../../../src/page/model/trackOf.js';

const time = (second: number) => `2021-10-23T12:30:${String(second).padStart(2, '0')}.000000Z`;
const served = (event: number, arrival: number, lat = event, speed: number | null = 1): ServedFix => ({
  time: time(arrival),
  device_id: '7',
  lat,
  lon: 2,
  speed,
  event_time: time(event),
});

describe('trackOf', () => {
  /** Event, arrival and copies of what is kept of two pages. */
  const kept = async (by: 'event' | 'arrival', ...pages: readonly (readonly ServedFix[])[]) => {
    const asked: unknown[] = [];
    const ask = ((_: string, parameters: Readonly<Record<string, unknown>>) => {
      asked.push([parameters['copies'], parameters['after']]);
      const page = Number(parameters['after'] ?? 0);
      return of({ fixes: pages[page]!, next: page + 1 < pages.length ? String(page + 1) : null });
    }) as Ask;
    const fixes = await lastValueFrom(trackOf('7', { from: 0, by }, ask));
    return { asked, fixes: fixes.map(({ event, arrival, copies = 0 }) => [event, arrival].map((at) => (at / 1e6) % 60).concat(copies)) };
  };

  it('should keep each fix once, and count what was sent again, whichever page it is on', async () => {
    const { asked, fixes } = await kept(
      'event',
      [served(0, 5), served(0, 9), served(1, 5)],
      [served(1, 9), served(1, 9, 3), served(1, 9, 1, null), served(2, 9)],
    );
    expect(asked).to.deep.equal([['1', undefined], ['1', '1']]);
    expect(fixes).to.deep.equal([[0, 5, 1], [1, 5, 1], [1, 9, 0], [1, 9, 0], [2, 9, 0]]);
  });

  it('should do so of a track in the order of arrivals, too', async () => {
    const { fixes } = await kept('arrival', [served(0, 5), served(1, 6), served(0, 7), served(1, 8), served(0, 9)]);
    expect(fixes).to.deep.equal([[0, 5, 2], [1, 6, 1]]);
  });
});
