import { expect } from 'chai';
import fc from 'fast-check';
import { Subject } from 'rxjs';
import type { Fix } from '../../src/domain/fix.js';
import { play, type PlayOptions } from '../../src/pipeline.js';
import type { Carried, Carrier } from '../../src/send/Carrier.js';
import { intoSystem, type IntoSystemOptions } from '../../src/send/intoSystem.js';
import type { Parcel } from '../../src/send/Parcel.js';
import { Sent } from '../../src/send/Sent.js';
import { batchesOf } from '../support/batchesOf.js';
import { CountedSource } from '../support/CountedSource.js';
import { cutInto } from '../support/cutInto.js';
import { fix } from '../support/fix.js';
import { HandClock } from '../support/HandClock.js';
import { runs } from '../support/runs.js';
import { Seen } from '../support/Seen.js';
import { settled } from '../support/settled.js';

const at = (micros: number, device = 'a'): Fix => fix(device, { event: micros });
const TAKEN: Carried = { kind: 'taken' };

/** Another system, which answers as the test says, each message at the next `answer()`. */
class System implements Carrier {
  readonly name = 'http://other/';
  readonly lanes: number;
  readonly most: { readonly fixes: number; readonly bytes: number };
  /** The messages under way and answered, in the order of their sending. */
  readonly messages: { readonly places: readonly number[]; readonly now: number; answer?: Carried }[] = [];
  underWay = 0;
  mostUnderWay = 0;
  readonly #now: () => number;
  readonly #answer: (parcels: readonly Parcel[], i: number) => Carried;
  readonly #waiting: (() => void)[] = [];

  constructor(now: () => number, answer: (parcels: readonly Parcel[], i: number) => Carried = () => TAKEN, lanes = 4, fixes = 3) {
    this.#now = now;
    this.#answer = answer;
    this.lanes = lanes;
    this.most = { fixes, bytes: 1000 * fixes };
  }

  carry(parcels: readonly Parcel[]): Promise<Carried> {
    const message: System['messages'][number] = { places: parcels.map(({ place }) => place), now: this.#now() };
    const answer = this.#answer(parcels, this.messages.push(message) - 1);
    this.mostUnderWay = Math.max(this.mostUnderWay, ++this.underWay);
    return new Promise((resolve) =>
      this.#waiting.push(() => {
        this.underWay--;
        message.answer = answer;
        resolve(answer);
      }),
    );
  }

  /** All that wait are answered, the last first. */
  answer(): void {
    for (const answer of this.#waiting.splice(0).toReversed()) answer();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** The places that were taken, in the order of their messages. */
  get taken(): readonly number[] {
    return this.messages.filter(({ answer }) => answer?.kind === 'taken').flatMap(({ places }) => places);
  }
}

describe('intoSystem', () => {
  let clock: HandClock;
  let sent: Sent;
  let said: string[];
  beforeEach(() => { [clock, sent, said] = [new HandClock(), new Sent(), []]; });
  const playing = (fixes: CountedSource<Fix>, system: System, options: PlayOptions & Partial<IntoSystemOptions> = {}) => {
    const end = intoSystem(system, { sent, textOf: ({ device }) => device, say: (line) => said.push(line), ...options });
    return new Seen(play(batchesOf(fixes), end, { rate: Infinity, scheduler: clock, ...options }));
  };
  /** Lets all be answered until the run has ended. */
  const through = async (seen: Seen<unknown>, system: System, step = 100) => {
    while (!seen.completed && seen.error === undefined) {
      await settled();
      system.answer();
      await settled();
      clock.advance(step);
    }
    if (seen.error !== undefined) throw seen.error as Error;
  };

  const stream = fc.record({
    devices: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), { minLength: 1, maxLength: 60 }),
    sizes: fc.array(fc.constantFrom(1, 3, 20), { minLength: 1, maxLength: 3 }),
    lanes: fc.constantFrom(1, 2, 4, 100),
    fails: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 40 }),
  });

  it('should send every fix, those of a device in order, whatever is answered and however late, and not more at once than it may', async () => {
    await fc.assert(
      fc.asyncProperty(stream, async ({ devices, sizes, lanes, fails }) => {
        [clock, sent, said] = [new HandClock(), new Sent(), []];
        const answer = (parcels: readonly Parcel[], i: number): Carried => {
          const fate = i < 200 ? fails[i % fails.length]! : 9;
          if (fate < 3) return { kind: 'again', reason: '503' };
          if (fate === 3) return { kind: 'too large', reason: '413' };
          return fate === 4 && parcels.length === 1 ? { kind: 'refused', reason: '400' } : TAKEN;
        };
        const system = new System(() => clock.now(), answer, lanes);
        await through(playing(new CountedSource(cutInto(devices.map((device, i) => at(i, device)), sizes)), system), system, 20_000);
        const refused = sent.refusals.flatMap(({ fixes }) => fixes.map(({ place }) => place));
        expect([...system.taken, ...refused].sort((a, b) => a - b)).to.deep.equal(devices.map((_, i) => i + 1));
        for (const device of new Set(devices)) {
          const own = system.taken.filter((place) => devices[place - 1] === device);
          expect(own).to.deep.equal(own.toSorted((a, b) => a - b));
        }
        for (const { places } of system.messages) expect(places.length).to.be.within(1, 3);
        expect(system.mostUnderWay).to.be.at.most(lanes);
        expect([sent.wanted, sent.acknowledged, sent.refused, sent.unacknowledged]).to.deep.equal([
          devices.length,
          system.taken.length,
          refused.length,
          0,
        ]);
        expect(sent.retried).to.equal(system.messages.filter(({ answer }) => answer?.kind === 'again').length);
      }),
      runs(60),
    );
  });

  it('should send the changes alone, when it is to, and the place of each among all fixes', async () => {
    const fixes = fc.array(fc.record({ device: fc.constantFrom('a', 'b'), event: fc.nat({ max: 9 }) }), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(fixes, async (given) => {
        [clock, sent] = [new HandClock(), new Sent()];
        const stream = given.map(({ device, event }, i) => fix(device, { event, arrival: i }));
        const system = new System(() => clock.now(), undefined, 1);
        await through(playing(new CountedSource([stream]), system, { onlyChanges: true }), system);
        const newest = new Map<string, number>();
        const changes = stream.flatMap(({ device, event }, i) => {
          if (event <= (newest.get(device) ?? -1)) return [];
          newest.set(device, event);
          return [i + 1];
        });
        expect(system.taken).to.deep.equal(changes);
      }),
      runs(60),
    );
  });

  it('should read on past any number of fixes that are not to be sent', async () => {
    const system = new System(() => clock.now());
    const source = new CountedSource(function* () {
      yield [at(1)];
      for (let i = 0; i < 30; i++) yield Array.from({ length: 1000 }, () => at(0));
    });
    const seen = playing(source, system, { onlyChanges: true });
    for (let i = 0; i < 100 && !seen.completed; i++) {
      await settled();
      system.answer();
    }
    expect([seen.completed, system.taken, sent.wanted]).to.deep.equal([true, [1], 1]);
  });

  it('should send each when it is due, never early, and at once', async () => {
    const system = new System(() => clock.now());
    playing(new CountedSource([[at(0), at(5000, 'b'), at(5000, 'c')]]), system, { rate: 1 });
    await settled();
    for (let i = 0; i < 6; i++) {
      clock.advance(1);
      await settled();
    }
    expect(system.messages.map(({ places, now }) => [...places, now])).to.deep.equal([[1, 0], [2, 5], [3, 5]]);
  });

  it('should ask its source for no more while nothing is answered', async () => {
    const system = new System(() => clock.now());
    const source = new CountedSource(function* () {
      for (let i = 0; i < 100; i++) yield Array.from({ length: 1000 }, () => at(0));
    });
    playing(source, system);
    for (let i = 0; i < 50; i++) await settled();
    expect(source.pulled).to.be.within(2, 34); // 32,768 fixes, and a batch
    expect(system.messages).to.have.length(1);
  });

  it('should wait twice as long before each try, up to 10 s, or as long as it is asked to', async () => {
    const answers: Carried[] = [...Array.from({ length: 9 }, (): Carried => ({ kind: 'again', reason: '503' })), { kind: 'again', reason: '429', after: 60_000 }];
    const system = new System(() => clock.now(), (_, i) => answers[i] ?? TAKEN);
    const seen = playing(new CountedSource([[at(0)]]), system);
    await through(seen, system, 50);
    const waits = system.messages.slice(1).map(({ now }, i) => now - system.messages[i]!.now);
    expect(waits.map((wait) => Math.round(wait / 100) * 100)).to.deep.equal([100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000, 60_000]);
  });

  it('should say in one line that nothing is taken, and in one that it is again', async () => {
    const system = new System(() => clock.now(), (_, i) => (i < 20 ? { kind: 'again', reason: 'connect ECONNREFUSED' } : TAKEN));
    await through(playing(new CountedSource([[at(0), at(0, 'b')]]), system), system);
    expect(said).to.have.length(2);
    expect(said[0]).to.equal('http://other/ takes nothing: connect ECONNREFUSED; trying again until it does');
    expect(said[1]).to.match(/^http:\/\/other\/ answers again, after \d+\.\d s$/);
  });

  it('should not fill the screen while every other message fails', async () => {
    const system = new System(() => clock.now(), (_, i) => (i % 2 === 0 ? { kind: 'again', reason: '503' } : TAKEN), 1, 1);
    await through(playing(new CountedSource([Array.from({ length: 60 }, (_, i) => at(i))]), system), system, 50);
    const seconds = clock.now() / 1000;
    expect(said.length).to.be.within(2, 2 * Math.ceil(seconds / 10));
  });

  it('should end 5 s after it is stopped, though nothing is answered, and know what is left', async () => {
    const [system, stop$] = [new System(() => clock.now()), new Subject<void>()];
    const seen = playing(new CountedSource([[at(0), at(0, 'b'), at(9e9)]]), system, { rate: 1, stop$ });
    await settled();
    stop$.next();
    clock.advance(4999);
    await settled();
    expect(seen.completed).to.equal(false);
    clock.advance(1);
    expect([seen.completed, sent.unacknowledged]).to.deep.equal([true, 2]);
  });

  it('should send what has come before an error of its source, and then pass that on', async () => {
    const system = new System(() => clock.now());
    const source = new CountedSource(function* () {
      yield [at(0), at(1)];
      throw new Error('broken');
    });
    const seen = playing(source, system);
    await settled();
    expect(seen.error).to.equal(undefined);
    for (let i = 0; i < 3; i++) {
      system.answer();
      await settled();
    }
    expect([system.taken, (seen.error as Error).message]).to.deep.equal([[1, 2], 'broken']);
  });

  it('should end with an error of its carrier', async () => {
    const system = new System(() => clock.now());
    system.carry = () => Promise.reject(new Error('who are you?'));
    const seen = playing(new CountedSource([[at(0)]]), system);
    await settled();
    expect((seen.error as Error).message).to.equal('who are you?');
  });
});
