import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { eventually } from '../support/eventually.js';
import { Listener } from '../support/Listener.js';
import { serving } from '../support/serving.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const HEADER = 'time,device_id,lat,lon,speed,event_time';
const time = (at: number) => new Date(Date.UTC(2021, 9, 23) + at * 1000).toISOString().replace('Z', '000Z');
const change = (n: number) => `${time(n)},"device, ${n % 3}",1,2,,${time(n)}\n`;
const late = (n: number) => `${time(n)},late,1,2,3.5,${time(0)},duplicate,${time(1)}\n`;
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('the events', () => {
  const at = temporaryFolder();
  const log = () => at('log.csv');
  const empty = () => {
    writeFileSync(log(), `${HEADER}\n`);
    writeFileSync(at('log.late.csv'), `${HEADER},reason,latest_event_time\n`);
  };
  const grow = (from: number, to: number) => {
    for (let n = from; n < to; n++) if (n % 4 === 3) appendFileSync(at('log.late.csv'), late(n)); else appendFileSync(log(), change(n));
  };
  const timesOf = (...listeners: readonly Listener[]) =>
    listeners.flatMap((listener) => [...listener.fixes('changes'), ...listener.fixes('late')]).map(({ time }) => time);
  const heardAll = (to: number) => upTo(to).map(time);

  it('should go on where a listener was, without gap or repeat, whenever it comes and goes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(30), fc.nat(30), fc.nat(30)), { minLength: 1, maxLength: 4 }), async (rounds) => {
        empty();
        await serving(log(), async (url) => {
          let id = '0-0-';
          const seen: unknown[] = [];
          let written = 0;
          const first = await Listener.open(url);
          await eventually(() => first.text !== '');
          for (const [before, during, away] of rounds) {
            const listener = id === '0-0-' ? first : await Listener.open(url, { 'last-event-id': id });
            grow(written, written + before);
            grow(written + before, (written += before + during));
            await eventually(() => seen.length + timesOf(listener).length >= written);
            listener.close();
            seen.push(...timesOf(listener));
            id = listener.heard.findLast((heard) => heard.id !== undefined)?.id ?? id;
            if (id !== '0-0-') grow(written, (written += away));
          }
          first.close();
          if (id === '0-0-') return;
          const last = await Listener.open(url, { 'last-event-id': id });
          await eventually(() => seen.length + timesOf(last).length >= written);
          last.close();
          expect([...seen, ...timesOf(last)].sort()).to.deep.equal(heardAll(written));
        });
      }),
      { numRuns: 4 },
    );
  });

  it('should say that it begins anew when another log takes the place of this one, also to who comes later', async () => {
    empty();
    grow(0, 6);
    await serving(log(), async (url) => {
      const listener = await Listener.open(url);
      await eventually(() => listener.text !== '');
      grow(6, 8);
      await listener.hears(({ event }) => event === 'flush');
      const { id } = listener.heard.findLast((heard) => heard.id !== undefined)!;
      writeFileSync(at('new.csv'), `${HEADER}\n${change(100)}`);
      renameSync(at('new.csv'), log());
      await listener.hears(({ event }) => event === 'reset');
      const back = await Listener.open(url, { 'last-event-id': id! });
      await back.hears(({ event }) => event === 'reset');
      const { fixes } = (await (await fetch(`${url}api/fleet`)).json()) as { fixes: { time: string }[] };
      expect(fixes.map(({ time }) => time)).to.include(time(100));
      appendFileSync(log(), change(101));
      for (const each of [listener, back]) {
        await eventually(() => timesOf(each).includes(time(101)));
        each.close();
      }
    });
  });

  it('should say how far the stream has come, also where it is unsorted', async () => {
    empty();
    await serving(log(), async (url) => {
      const listener = await Listener.open(url);
      await eventually(() => listener.text !== '');
      appendFileSync(at('log.late.csv'), late(1) + late(9) + late(5));
      await listener.hears(({ event }) => event === 'flush');
      listener.close();
      expect(await (await fetch(`${url}api/status`)).json()).to.include({ stream_time: time(9) });
    });
  });
});
