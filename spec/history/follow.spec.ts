import { appendFileSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { asyncScheduler, lastValueFrom, map, take, toArray } from 'rxjs';
import { formatInstant } from '../../src/domain/instant.js';
import { generateRecording } from '../../src/generate/generateRecording.js';
import { follow, type FollowOptions } from '../../src/history/follow.js';
import { eventually } from '../support/eventually.js';
import { HandClock } from '../support/HandClock.js';
import { isOpen } from '../support/isOpen.js';
import { playFile } from '../support/playFile.js';
import { Seen } from '../support/Seen.js';
import { somethingElse } from '../support/somethingElse.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const HEADER = 'time,device_id,lat,lon,speed,event_time\n';
const row = (device: string, time: number) => `${formatInstant(time)},${device},1,2,,${formatInstant(time)}\n`;

describe('follow', () => {
  const at = temporaryFolder();
  const log = () => at('log.csv');
  let clock: HandClock;
  let seen: Seen<string> | undefined;

  beforeEach(() => {
    clock = new HandClock();
    for (const path of [log(), `${log()}.index`]) rmSync(path, { force: true });
    writeFileSync(log(), HEADER + row('b', 1) + row('a', 2) + row('a', 3));
  });
  afterEach(() => seen?.unsubscribe());

  const words = (options: FollowOptions = {}) =>
    follow(log(), { scheduler: clock, ...options }).pipe(map(({ fix }) => `${fix.device}${fix.event}`));
  const following = (options?: FollowOptions) => (seen = new Seen(words(options)));
  /** Lets time pass until a subscription has seen all of these, and no more. */
  const sees = async (seen: Seen<unknown>, ...expected: readonly string[]) => {
    await eventually(() => {
      clock.advance(200);
      return seen.values.length >= expected.length || seen.error !== undefined;
    });
    expect([seen.values, seen.error]).to.deep.equal([expected, undefined]);
  };
  const time = async () => {
    for (let i = 0; i < 5; i++) {
      clock.advance(200);
      await somethingElse();
    }
  };
  const fails = async (seen: Seen<unknown>): Promise<string> => {
    await eventually(() => {
      clock.advance(200);
      return seen.error !== undefined;
    });
    return (seen.error as Error).message;
  };

  it('should give what is known of all devices, then every change as it is appended', async () => {
    const seen = following();
    await sees(seen, 'a3', 'b1');
    appendFileSync(log(), row('b', 4) + row('c', 5));
    await sees(seen, 'a3', 'b1', 'b4', 'c5');
    appendFileSync(log(), row('b', 6));
    await sees(seen, 'a3', 'b1', 'b4', 'c5', 'b6');
    expect(seen.completed).to.equal(false);
  });

  it('should follow one device alone, also if it is not known yet', async () => {
    const seen = following({ device: 'c' });
    await time();
    appendFileSync(log(), row('a', 4) + row('c', 5) + row('b', 6));
    await sees(seen, 'c5');
  });

  it('should look again only when the time has come', async () => {
    const seen = following({ every: 1000 });
    await eventually(() => seen.values.length === 2 && clock.actions.length > 0); // when it waits
    appendFileSync(log(), row('b', 4));
    clock.advance(999);
    await somethingElse();
    expect(seen.values).to.have.length(2);
    clock.advance(1);
    await eventually(() => seen.values.length === 3);
  });

  it('should wait for the end of a row that is half written', async () => {
    const seen = following();
    const next = row('a', 4);
    appendFileSync(log(), next.slice(0, 30));
    await sees(seen, 'a3', 'b1');
    await time();
    expect(seen.values).to.have.length(2);
    appendFileSync(log(), next.slice(30) + row('a', 5).slice(0, -1));
    await sees(seen, 'a3', 'b1', 'a4');
    await time();
    expect(seen.values).to.have.length(3);
    appendFileSync(log(), '\n');
    await sees(seen, 'a3', 'b1', 'a4', 'a5');
  });

  it('should read no further while it is asked to wait', async () => {
    let go: (() => void) | undefined;
    const seen = following({ ready: () => new Promise<void>((resolve) => (go = resolve)) });
    await eventually(() => seen.values.length === 2 && go !== undefined);
    appendFileSync(log(), row('a', 4));
    await time();
    await somethingElse();
    expect(seen.values).to.have.length(2);
    go!();
    await sees(seen, 'a3', 'b1', 'a4');
  });

  it('should give nothing twice that is appended while it opens the log', async () => {
    const seen = following();
    for (let i = 4; i < 50; i++) {
      appendFileSync(log(), row('b', i));
      clock.advance(200);
      await somethingElse();
    }
    await eventually(() => (clock.advance(200), seen.values.at(-1) === 'b49'));
    const ofB = seen.values.filter((word) => word !== 'a3').map((word) => Number(word.slice(1)));
    expect(ofB).to.deep.equal(ofB.map((_, i) => 50 - ofB.length + i));
  });

  it('should begin with a log that has no row yet', async () => {
    writeFileSync(log(), HEADER);
    const seen = following();
    await time();
    appendFileSync(log(), row('a', 4));
    await sees(seen, 'a4');
    appendFileSync(log(), row('a', 5));
    await sees(seen, 'a4', 'a5');
  });

  describe('when another log takes its place', () => {
    let told: { replaced: number };
    const followingOn = () => {
      const own = (told = { replaced: 0 });
      return following({ onReplace: () => own.replaced++ });
    };

    it('should say so, and give all of a new run', async () => {
      const seen = followingOn();
      await sees(seen, 'a3', 'b1');
      writeFileSync(at('input.csv'), [...generateRecording({ devices: 4, duration: 60_000 })].join(''));
      await playFile(at('input.csv'), log());
      const { length } = readFileSync(log(), 'utf8').trimEnd().split('\n').slice(1);
      expect(length).to.be.greaterThan(5);
      await eventually(() => (clock.advance(200), seen.values.length >= 2 + length));
      await time();
      expect([seen.values.length, seen.error, told.replaced]).to.deep.equal([2 + length, undefined, 1]);
    });

    it('should see one that was made in the place of one that was deleted', async () => {
      const seen = followingOn();
      await sees(seen, 'a3', 'b1');
      await time();
      await eventually(() => !isOpen(log()));
      const { ino } = statSync(log());
      for (let again = 0; again < 100 && (again === 0 || statSync(log()).ino !== ino); again++) {
        rmSync(log());
        writeFileSync(log(), HEADER + [7, 8, 9, 10].map((time) => row('c', time)).join('')); // at the same place of the disk, if it can be
      }
      await sees(seen, 'a3', 'b1', 'c7', 'c8', 'c9', 'c10');
      expect(told.replaced).to.equal(1);
    });

    it('should see that it was cut off', async () => {
      const seen = followingOn();
      await sees(seen, 'a3', 'b1');
      truncateSync(log(), HEADER.length + row('b', 1).length);
      await sees(seen, 'a3', 'b1', 'b1');
      expect(told.replaced).to.equal(1);
      appendFileSync(log(), row('a', 9));
      await sees(seen, 'a3', 'b1', 'b1', 'a9');
      expect(told.replaced).to.equal(1);
    });

    it('should read one with extra columns by its own header', async () => {
      const seen = new Seen(follow(log(), { scheduler: clock }));
      await eventually(() => (clock.advance(200), seen.values.length === 2));
      await somethingElse();
      writeFileSync(at('new.csv'), HEADER.replace('\n', ',note\n') + row('c', 4).replace('\n', ',"so"\n'));
      renameSync(at('new.csv'), log());
      await eventually(() => (clock.advance(200), seen.values.length > 2 || seen.error !== undefined));
      expect(seen.error).to.equal(undefined);
      expect(seen.values[2]).to.nested.include({ 'extra[0]': 'note', 'fix.device': 'c', 'fix.extra[0]': 'so' });
      seen.unsubscribe();
    });
  });

  it('should fail if there is no log', async () => {
    rmSync(log());
    expect(await fails(following())).to.match(/^cannot read .*log\.csv: no such file/);
  });

  it('should fail if the log is taken away, after all that it had', async () => {
    const seen = following();
    appendFileSync(log(), row('a', 4));
    await sees(seen, 'a4', 'b1');
    rmSync(log());
    expect(await fails(seen)).to.match(/^cannot read .*log\.csv: no such file/);
    expect(seen.values).to.have.length(2);
  });

  it('should fail at a row that is not a fix, and say where it is', async () => {
    const seen = following();
    await sees(seen, 'a3', 'b1');
    const { length } = readFileSync(log());
    appendFileSync(log(), 'x\n');
    expect(await fails(seen)).to.match(
      new RegExp(
        `log\\.csv: after byte ${length}: 1 column instead of 6: lastfix did not write this; make the log anew with lastfix replay$`,
      ),
    );
    await eventually(() => !isOpen(log()));
  });

  it('should close the log between its looks, and for good when it is unsubscribed from', async () => {
    const seen = following();
    await sees(seen, 'a3', 'b1');
    seen.unsubscribe();
    await eventually(() => !isOpen(log()) && !isOpen(`${log()}.index`));
    appendFileSync(log(), row('a', 4));
    await time();
    expect(seen.values).to.have.length(2);
    expect(clock.actions).to.have.length(0);
  });

  it('should close the log when it is unsubscribed from while it opens it', async () => {
    const seen = following();
    seen.unsubscribe();
    await time();
    await eventually(() => !isOpen(log()));
    expect(seen.values).to.deep.equal([]);
  });

  it('should share nothing between two subscribers', async () => {
    const followed = words();
    const first = new Seen(followed);
    await sees(first, 'a3', 'b1');
    appendFileSync(log(), row('b', 4));
    const second = new Seen(followed);
    await sees(second, 'a3', 'b4');
    first.unsubscribe();
    appendFileSync(log(), row('b', 5));
    await sees(second, 'a3', 'b4', 'b5');
    expect(first.values).not.to.include('b5');
    second.unsubscribe();
  });

  it('should keep to the clock on the wall if it is given no other', async () => {
    const followed = lastValueFrom(words({ every: 5, scheduler: asyncScheduler }).pipe(take(3), toArray()));
    appendFileSync(log(), row('c', 4));
    expect(await followed).to.have.members(['a3', 'b1', 'c4']);
  });
});
