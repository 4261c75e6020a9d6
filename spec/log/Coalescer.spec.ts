import { expect } from 'chai';
import fc from 'fast-check';
import type { Update } from '../../src/domain/latest.js';
import { Coalescer } from '../../src/log/Coalescer.js';
import { fix } from '../support/fix.js';
import { update } from '../support/update.js';

/** A change of a device at so many seconds. */
const change = (device: string, seconds: number) => update(fix(device, { event: seconds * 1e6 }));
const late = (device: string, seconds: number) => update(fix(device, { event: 0, arrival: seconds * 1e6 }), 'late');

/** What comes through in the end, and what does not, when the updates come in such batches. */
function coalesce(batches: readonly (readonly Update[])[]): { visible: Update[]; dropped: Update[] } {
  const coalescer = new Coalescer();
  const taken = batches.map((batch) => coalescer.take(batch));
  return { visible: [...taken.flatMap(({ visible }) => visible), ...coalescer.end()], dropped: taken.flatMap(({ dropped }) => dropped) };
}

const streams = fc
  .array(fc.record({ device: fc.constantFrom('a', 'b', 'c'), arrival: fc.nat(6_000_000), verdict: fc.constantFrom('change' as const, 'change' as const, 'late' as const) }), { maxLength: 40 })
  .map((given) =>
    given
      .sort((one, other) => one.arrival - other.arrival)
      .map(({ device, arrival, verdict }) => update(fix(device, { event: arrival, arrival }), verdict)),
  );

describe('Coalescer', () => {
  it('should let through the last change of a device within a second', () => {
    const updates = [change('a', 1.1), change('a', 1.2), change('a', 1.999999), change('a', 2)];
    const [one, two, three, next] = updates;
    expect(coalesce([updates])).to.deep.equal({ visible: [three, next], dropped: [one, two] });
  });

  it('should keep devices apart', () => {
    const [a, b, c] = [change('7', 1.1), change('007', 1.2), change('7', 1.3)];
    expect(coalesce([[a, b, c]])).to.deep.equal({ visible: [b, c], dropped: [a] });
  });

  it('should keep the order of the stream', () => {
    const [a1, b, c, a2] = [change('a', 1.1), change('b', 1.2), change('c', 1.3), change('a', 1.4)];
    expect(coalesce([[a1, b, c, a2]]).visible).to.deep.equal([b, c, a2]);
  });

  it('should count whole seconds of arrival time, not a second from the first', () => {
    const [a, b] = [change('a', 1.9), change('a', 2.1)];
    expect(coalesce([[a, b]])).to.deep.equal({ visible: [a, b], dropped: [] });
  });

  it('should count to the open second what arrived before the one above it', () => {
    const [a, b, early, next] = [change('a', 5.5), change('b', 5.6), update(fix('a', { event: 9e6, arrival: 3e6 })), change('c', 6)];
    expect(coalesce([[a, b, early, next]])).to.deep.equal({ visible: [b, early, next], dropped: [a] });
  });

  it('should hold a second back until a later one begins, with whichever fix', () => {
    const coalescer = new Coalescer();
    const a = change('a', 1.1);
    expect(coalescer.take([a])).to.deep.equal({ visible: [], dropped: [] });
    expect(coalescer.take([late('b', 1.5)])).to.deep.equal({ visible: [], dropped: [] });
    expect(coalescer.take([late('b', 2)])).to.deep.equal({ visible: [a], dropped: [] });
    expect(coalescer.end()).to.deep.equal([]);
  });

  it('should say at once which change never will be visible', () => {
    const coalescer = new Coalescer();
    const [a, b] = [change('a', 1.1), change('a', 1.2)];
    coalescer.take([a]);
    expect(coalescer.take([b])).to.deep.equal({ visible: [], dropped: [a] });
    expect(coalescer.end()).to.deep.equal([b]);
  });

  it('should let nothing through but changes', () => {
    expect(coalesce([[late('a', 1), late('a', 5)]])).to.deep.equal({ visible: [], dropped: [] });
  });

  it('should give nothing for nothing', () => {
    expect(coalesce([])).to.deep.equal({ visible: [], dropped: [] });
    expect(coalesce([[]])).to.deep.equal({ visible: [], dropped: [] });
  });

  it('should tell times before 1970 apart by the second too', () => {
    const [a, b, c] = [change('a', -1.5), change('a', -0.5), change('a', 0.5)];
    expect(coalesce([[a, b, c]]).visible).to.deep.equal([a, b, c]);
  });

  it('should let through the same however the stream is cut into batches', () => {
    fc.assert(
      fc.property(streams, fc.integer({ min: 1, max: 10 }), (updates, size) => {
        const batches = Array.from({ length: Math.ceil(updates.length / size) }, (_, i) => updates.slice(size * i, size * (i + 1)));
        const [cut, whole] = [coalesce(batches), coalesce([updates])];
        expect(cut).to.deep.equal(whole);
      }),
    );
  });

  it('should let through what no later change of its device and second stands for', () => {
    const second = ({ fix }: Update) => Math.floor(fix.arrival / 1e6);
    fc.assert(
      fc.property(streams, (updates) => {
        const changes = updates.filter(({ verdict }) => verdict === 'change');
        const isLast = (one: Update, i: number) =>
          !changes.slice(i + 1).some((other) => other.fix.device === one.fix.device && second(other) === second(one));
        const { visible, dropped } = coalesce([updates]);
        expect(visible).to.deep.equal(changes.filter(isLast));
        expect(dropped).to.have.members(changes.filter((one, i) => !isLast(one, i)));
      }),
    );
  });
});
