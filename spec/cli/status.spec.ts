import { EventEmitter } from 'node:events';
import { expect } from 'chai';
import { playingStatus } from '../../src/cli/replay/playingStatus.js';
import { showStatus } from '../../src/cli/status.js';
import { Meter } from '../../src/index.js';
import { fix } from '../support/fix.js';
import { judgedOf } from '../support/judgedOf.js';
import { update } from '../support/update.js';
import { HandClock } from '../support/HandClock.js';
import { Screen } from '../support/Screen.js';

describe('playingStatus', () => {
  const at = Date.UTC(2021, 9, 23, 12, 30) * 1000;
  const met = () => {
    const meter = new Meter(() => 7);
    const judged = judgedOf([update(fix('a', { event: at }))]);
    judged.batch.columns.due[0] = 3.6;
    meter.emitted(judged.batch);
    meter.found(judged);
    return meter;
  };

  it('should wait for the first fix', () => {
    expect(playingStatus({ meter: new Meter(() => 0), pace: { paused: false, rate: 1 }, last: at, keys: false })).to.equal(
      'waiting for the first fix',
    );
  });

  it('should tell stream time, rate, time left, fixes, devices and how far it is behind', () => {
    expect(playingStatus({ meter: met(), pace: { paused: false, rate: 60 }, last: at + 3_600_000_000, keys: false })).to.equal(
      '2021-10-23T12:30:00, rate 60, 1 minute left, 1 fix, 1 device, behind by 3 ms',
    );
  });

  it('should tell that it is paused, and what the keys do', () => {
    expect(playingStatus({ meter: new Meter(() => 0), pace: { paused: true, rate: 1 }, last: at, keys: true })).to.equal(
      'paused before the first fix, space: pause, →: next, + -: rate, q: end',
    );
    expect(playingStatus({ meter: met(), pace: { paused: true, rate: 2 }, last: Infinity, keys: true })).to.equal(
      '2021-10-23T12:30:00, paused, rate 2, 1 fix, 1 device, behind by 3 ms, space: pause, →: next, + -: rate, q: end',
    );
  });

  it('should tell what there is room for, the keys at least', () => {
    const told = (width: number, hours = 2) =>
      playingStatus({ meter: met(), pace: { paused: false, rate: 1 }, last: at + hours * 3_600_000_000 - 1_000_000, keys: true }, width);
    const rest = '1 fix, 1 device, behind by 3 ms';
    expect(told(137)).to.equal(
      `2021-10-23T12:30:00, rate 1, 1 hour 59 minutes 59 seconds left, ${rest}, space: pause, →: next, + -: rate, q: end`,
    );
    expect(told(136)).to.equal(`2021-10-23T12:30:00, rate 1, 1 hour 59 minutes 59 seconds left, ${rest}, space → + - q`);
    expect(told(98)).to.equal('2021-10-23T12:30:00, rate 1, 1 hour 59 minutes 59 seconds left, behind by 3 ms, space → + - q');
    expect(told(79)).to.equal('2021-10-23T12:30:00, rate 1, 1 hour 59 minutes 59 seconds left, space → + - q');
    expect(told(79, 0.01)).to.equal('2021-10-23T12:30:00, rate 1, 35 s left, 1 fix, behind by 3 ms, space → + - q');
    expect(told(50, 0.01)).to.equal('12:30:00, rate 1, 35 s left, space → + - q');
    expect(told(39, 0.01)).to.equal('12:30:00, rate 1, space → + - q');
  });

  it('should tell which share has been played where nobody knows the time that is left', () => {
    const playing = { meter: met(), pace: { paused: false, rate: Infinity }, last: at, keys: false };
    expect(playingStatus(playing)).to.equal('2021-10-23T12:30:00, rate max, 1 fix, 1 device');
    expect(playingStatus({ ...playing, share: 0.4599 })).to.equal('2021-10-23T12:30:00, rate max, 45 %, 1 fix, 1 device');
    expect(playingStatus({ ...playing, pace: { paused: false, rate: 2 }, last: Infinity, share: 0.0099 })).to.equal(
      '2021-10-23T12:30:00, rate 2, 0 %, 1 fix, 1 device, behind by 3 ms',
    );
    expect(playingStatus({ ...playing, pace: { paused: false, rate: 2 }, share: 0.5 })).to.equal(
      '2021-10-23T12:30:00, rate 2, 0 s left, 1 fix, 1 device, behind by 3 ms',
    );
    expect(playingStatus({ ...playing, share: 0.5 }, 35)).to.equal('2021-10-23T12:30:00, rate max, 50 %');
  });
});

describe('showStatus', () => {
  const long = 'this is a status that takes nearly all of the eighty columns that there are here';
  /** Shows a status on a screen; `wait` lets so many ms pass. */
  const shownOn = (screen: Screen, status: (width: number) => string) => {
    const scheduler = new HandClock();
    const shown = showStatus(status, { terminal: screen, scheduler });
    return { end: () => { shown.unsubscribe(); }, wait: (millis: number) => { scheduler.advance(millis); } };
  };

  it('should show one line after another in its place, and nothing in the end', async () => {
    const screen = new Screen();
    screen.write('before\n');
    const texts = ['the first of all, which is long', 'the second', 'third'];
    const { wait, end } = shownOn(screen, () => texts.shift()!);
    wait(200);
    expect(await screen.text()).to.equal('before\nthe first of all, which is long');
    wait(400);
    expect(await screen.text()).to.equal('before\nthird');
    end();
    screen.write('after\n');
    expect(await screen.text()).to.equal('before\nafter');
  });

  for (const [name, wraps] of [['wraps its lines anew', true], ['cuts its lines off', false]] as const) {
    it(`should leave nothing behind when the window is narrowed, widened and narrowed again: a terminal that ${name}`, async () => {
      const screen = new Screen({ wraps });
      screen.write('before\n');
      const { wait, end } = shownOn(screen, (width) => long.slice(0, width));
      wait(200);
      expect(await screen.text()).to.equal(`before\n${long.slice(0, 79)}`);
      for (const columns of [30, 12, 50, 11, 80, 20]) {
        await screen.resize(columns);
        expect(await screen.text(), `${columns} columns`).to.equal(`before\n${long.slice(0, columns - 1).trimEnd()}`);
        wait(400);
        expect(await screen.text(), `${columns} columns`).to.equal(`before\n${long.slice(0, columns - 1).trimEnd()}`);
      }
      await screen.resize(13);
      end();
      expect(await screen.text()).to.equal('before');
    });
  }

  it('should take one line whatever the characters are, and obey none of them', async () => {
    const screen = new Screen({ columns: 40 });
    screen.write('before\n');
    const { wait, end } = shownOn(screen, () => `reading 記録記録記録記録記録記録記録記録記録記録記録.csv: 12 rows\u001b[2J\n`);
    wait(600);
    expect(await screen.text()).to.equal('before\nreading 記録記録記録記録記録記録記録記…');
    end();
    expect(await screen.text()).to.equal('before');
  });

  it('should be a plain line every 10 s where there is no terminal, or one that understands no codes', () => {
    let written = '';
    const terminal = Object.assign(new EventEmitter(), { isTTY: false, columns: 10, write: (text: string) => (written += text) });
    const scheduler = new HandClock();
    const shown = showStatus(() => 'half\u001b of it is done', { terminal, scheduler });
    scheduler.advance(20_000);
    shown.unsubscribe();
    expect(written).to.equal('lastfix: half\\u001b of it is done\n'.repeat(2));
  });
});
