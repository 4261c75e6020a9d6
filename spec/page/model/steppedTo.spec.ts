import { expect } from 'chai';
import fc from 'fast-check';
import { lastValueFrom, toArray } from 'rxjs';
import { instantOf } from '../../../src/page/model/instantOf.js';
import type { Clock } from '../../../src/page/api/served.js';
import { steppedTo } from '../../../src/page/model/steppedTo.js';
import { fleetAt, fleetServer } from '../support/fleetServer.js';
import { served, time } from '../support/served.js';

const second = (at: number) => Math.round((at - instantOf(time(0))) / 1e6);
const END = 40;
const fixes = fc.array(
  fc
    .record({ device: fc.constantFrom('a', 'b'), event: fc.nat({ max: 30 }), delay: fc.nat({ max: 10 }) })
    .map(({ device, event, delay }) => served(device, event, event + delay)),
  { minLength: 1, maxLength: 12 },
);
const BY = fc.constantFrom<Clock>('arrival', 'event');
const DEVICE = fc.constantFrom(undefined, 'a');

/** The seconds at which the fleet, or one device, becomes another than it was. */
function changes(all: ReturnType<typeof served>[], by: Clock, device: string | undefined): readonly number[] {
  const seen = (at: number) =>
    JSON.stringify(fleetAt(all, time(at), by).filter(({ device_id }) => device === undefined || device_id === device));
  return Array.from({ length: END + 1 }, (_, at) => at).filter((at) => seen(at) !== (at === 0 ? '[]' : seen(at - 1)));
}

describe('steppedTo', () => {
  it('should lead to the next change and to the one before, of all or of one device, by either clock', async () => {
    await fc.assert(
      fc.asyncProperty(fixes, BY, DEVICE, fc.nat({ max: END }), async (all, by, device, from) => {
        const { ask } = fleetServer(all);
        const step = async (direction: 'back' | 'forward') =>
          (
            await lastValueFrom(steppedTo(instantOf(time(from)), direction, { by, device, end: instantOf(time(END)), ask }).pipe(toArray()))
          ).map(second);
        const moments = changes(all, by, device);
        expect(await step('forward')).to.deep.equal(moments.filter((at) => at > from).slice(0, 1));
        expect(await step('back')).to.deep.equal(moments.filter((at) => at < from).slice(-1));
      }),
      { numRuns: 200 },
    );
  });
});
