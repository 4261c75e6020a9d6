import { rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Past } from '../../src/domain/Past.js';
import { CsvPast } from '../../src/history/CsvPast.js';
import { History } from '../../src/history/History.js';
import { DamagedIndex } from '../../src/lookup/DamagedIndex.js';
import { Turns } from '../../src/rx/Turns.js';
import { formatInstant } from '../../src/domain/instant.js';
import { failureOf } from '../support/failureOf.js';
import { isOpen } from '../support/isOpen.js';
import { MemoryPast } from '../support/MemoryPast.js';
import { itShouldBeAPast } from '../support/pastSuite.js';
import { playFile } from '../support/playFile.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const HEADER = 'time,device_id,lat,lon,speed,event_time\n';
const row = (device: string, at = 0) => `${formatInstant(at)},${device},1,2,,${formatInstant(at)}\n`;

describe('MemoryPast', () => {
  itShouldBeAPast(() => {
    const past = new MemoryPast();
    return { past, play: (...args) => { past.play(...args); } };
  });
});

describe('CsvPast', () => {
  const at = temporaryFolder();
  const log = () => at('log.csv');
  beforeEach(() => { for (const name of ['log.csv', 'log.late.csv']) rmSync(at(name), { force: true }); });
  const play = async (recording: string, until: number, isMore: boolean) => {
    writeFileSync(at('input.csv'), recording);
    await playFile(at('input.csv'), log(), { until, resume: isMore });
  };

  describe('at once', () => { itShouldBeAPast(() => ({ past: new CsvPast(log()), play })); });
  describe('in turns', () => { itShouldBeAPast(() => ({ past: new CsvPast(log(), { turns: new Turns() }), play })); });

  describe('of a log that changes', () => {
    let past: Past;
    beforeEach(() => (past = new CsvPast(log())));
    afterEach(() => past.close());

    it('should ask the log as it is now, though another was written over it that is as long', async () => {
      writeFileSync(log(), HEADER + row('a'));
      const { ino, size } = statSync(log());
      const known = async () => [(await past.newest('a')).known, (await past.newest('b')).known];
      expect(await known()).to.deep.equal(['fix', 'nothing']);
      writeFileSync(log(), HEADER + row('b'), { flag: 'r+' });
      expect(statSync(log())).to.include({ ino, size });
      expect(await known()).to.deep.equal(['nothing', 'fix']);
    });

    it('should go on with a track that it has begun, keep open what that needs, and close it afterwards', async () => {
      writeFileSync(log(), HEADER + row('a', 1) + row('a', 2));
      const pages = past.track('a', { by: 'event', from: 0, to: 9, knownAt: 9 }, { limit: 1 })[Symbol.asyncIterator]();
      await pages.next();
      writeFileSync(log(), HEADER + row('a', 1) + row('a', 2) + row('a', 3));
      expect((await past.extent()).rows).to.equal(3);
      expect((await pages.next()).value).to.have.nested.property('fixes[0].event', 2);
      expect((await pages.next()).done).to.equal(true);
      await past.close();
      expect(isOpen(log())).to.equal(false);
    });

    it('should follow a link at its path, wherever that leads by now, unless links are to be refused', async () => {
      for (const device of ['a', 'b']) writeFileSync(at(`${device}.csv`), HEADER + row(device));
      const [link, itself] = [new CsvPast(at('link.csv')), new CsvPast(at('link.csv'), { followLinks: false })];
      for (const device of ['a', 'b']) {
        rmSync(at('link.csv'), { force: true });
        symlinkSync(`${device}.csv`, at('link.csv'));
        expect(await link.devices()).to.deep.equal(new Set([device]));
        expect((await failureOf(itself.devices())).message).to.include('link.csv is a link');
        expect((await failureOf(itself.appendedAfter('0-0-0'))).message).to.include('link.csv is a link');
      }
      expect(await link.appendedAfter('0-0-0')).to.include({ type: 'reset' });
      await link.close();
      await itself.close();
    });

    it('should fail where there is no log, and answer when there is one', async () => {
      past = new CsvPast(at('none.csv'));
      expect((await failureOf(past.extent())).message).to.match(/^cannot read .*none\.csv: no such file/);
      writeFileSync(at('none.csv'), HEADER + row('a'));
      expect((await past.newest('a')).known).to.equal('fix');
    });
  });

  describe('with an index that turns out damaged', () => {
    const original = Object.getOwnPropertyDescriptors(History.prototype);
    /** Finds damage so many times: with a question, and with a track when it has found so many fixes. */
    const damage = (times: number, after: number) => {
      const attempt = () => {
        if (times-- > 0) throw new DamagedIndex('page 7 is damaged');
      };
      Object.defineProperty(History.prototype, 'devicesInSteps', {
        ...original.devicesInSteps,
        value: function (this: History) {
          attempt();
          return original.devicesInSteps.value!.call(this);
        },
      });
      Object.defineProperty(History.prototype, 'trackInSteps', {
        ...original.trackInSteps,
        value: function* (this: History, ...args: Parameters<History['trackInSteps']>) {
          let found = 0;
          for (const passed of original.trackInSteps.value!.apply(this, args)) {
            if (passed && found++ === after) attempt();
            yield passed;
          }
        },
      });
    };
    const COUNT = 2500;
    let past: Past;
    beforeEach(() => {
      writeFileSync(log(), HEADER + Array.from({ length: COUNT }, (_, i) => row('a', i)).join(''));
      past = new CsvPast(log());
    });
    afterEach(async () => {
      Object.defineProperties(History.prototype, original);
      await past.close();
      expect(isOpen(log())).to.equal(false);
    });
    const eventsOf = async (limit?: number) => {
      const events: number[] = [];
      for await (const { fixes } of past.track('a', { by: 'event', from: 0, to: COUNT, knownAt: COUNT }, { limit }))
        events.push(...fixes.map(({ event }) => event));
      return events;
    };

    for (const after of [0, 1, 1023, 1024, 1025, 2048, 2400]) {
      it(`should go on without a gap or a repetition when ${after} fixes of a track were found before`, async () => {
        damage(1, after);
        expect(await eventsOf()).to.deep.equal(Array.from({ length: COUNT }, (_, i) => i));
      });
    }

    it('should ask again once, and give up when it is damaged again', async () => {
      damage(1, 0);
      expect(await past.devices()).to.deep.equal(new Set(['a']));
      damage(2, 0);
      const failure = await failureOf(past.devices());
      expect(failure).to.be.instanceOf(DamagedIndex);
      expect(failure.message).to.equal('page 7 is damaged: something else writes the log or its index; ask again when it has ended');
      damage(2, 7);
      expect(await failureOf(eventsOf())).to.be.instanceOf(DamagedIndex);
    });
  });
});
