import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';
import { expect } from 'chai';
import fc from 'fast-check';
import { BehaviorSubject, Subject } from 'rxjs';
import { Meter, type Command, type Pace } from '../../src/index.js';
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
  const timesOf = (...listeners: readonly Listener[]) => listeners.flatMap((listener) => [...listener.fixes('changes'), ...listener.fixes('late')]).map(({ time }) => time);
  const heardAll = (to: number) => upTo(to).map(time);

  it('should tell of every change and late fix, with what a late file says', async () => {
    empty();
    await serving(log(), async (url) => {
      const listener = await Listener.open(url);
      expect(listener.response.headers['content-type']).to.equal('text/event-stream; charset=utf-8');
      await eventually(() => listener.text.startsWith(':'));
      grow(0, 8);
      await eventually(() => timesOf(listener).length === 8);
      expect(listener.fixes('changes').map(({ device_id }) => device_id)).to.deep.equal([0, 1, 2, 4, 5, 6].map((n) => `device, ${n % 3}`));
      expect(listener.fixes('late')[0]).to.deep.equal({ time: time(3), device_id: 'late', lat: 1, lon: 2, speed: 3.5, event_time: time(0), age_seconds: 3, reason: 'duplicate', latest_event_time: time(1) });
      expect(listener.heard.at(-1)!.data.stream_time).to.equal(time(7));
      listener.close();
    });
  });

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
      { numRuns: 25 },
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

  it('should begin anew for an id that is no place of this log, and refuse one that is no id', async () => {
    empty();
    grow(0, 6);
    await serving(log(), async (url) => {
      const known = await Listener.open(url);
      await eventually(() => known.text !== '');
      grow(6, 7);
      await known.hears(({ event }) => event === 'flush');
      const run = known.heard.at(-1)!.id!.split('-')[2]!;
      known.close();
      for (const id of [`70-0-${run}`, `99999-0-${run}`, '0-0-another']) {
        const listener = await Listener.open(url, { 'last-event-id': id });
        await listener.hears(({ event }) => event === 'reset');
        expect(listener.fixes('changes'), id).to.be.empty;
        listener.close();
      }
      expect((await fetch(`${url}api/events?after=x`)).status).to.equal(400);
    });
  });

  it('should drop who takes nothing, and go on for the others', async () => {
    empty();
    await serving(
      log(),
      async (url) => {
        const listener = await Listener.open(url);
        const { hostname, port } = new URL(url);
        const slow = connect(Number(port), hostname);
        slow.write(`GET /api/events HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
        await once(slow, 'readable'); // and it is never read
        const dropped = async () => /^lastfix_listeners_dropped_total 1$/m.test(await (await fetch(`${url}metrics`)).text());
        let written = 0;
        for (; !(await dropped()); written += 10_000) {
          appendFileSync(log(), upTo(10_000).map((n) => change(written + n)).join(''));
          const all = written + 10_000;
          await eventually(() => timesOf(listener).length === all);
        }
        expect(new Set(timesOf(listener)).size).to.equal(written);
        listener.close();
        slow.destroy();
      },
      { patience: 100 },
    );
  });

  it('should refuse more listeners than it may have, until one goes', async () => {
    empty();
    await serving(
      log(),
      async (url) => {
        const [one, two] = [await Listener.open(url), await Listener.open(url)];
        const third = await fetch(`${url}api/events`);
        expect([third.status, ((await third.json()) as { error: string }).error]).to.deep.equal([503, 'too_many_listeners']);
        one.close();
        let again = await Listener.open(url);
        while (again.response.statusCode === 503) again = await Listener.open(url);
        expect(again.response.statusCode).to.equal(200);
        two.close();
        again.close();
      },
      { listeners: 2, heartbeat: 20 },
    );
  });

  it('should say something from time to time, and end when the server ends', async () => {
    empty();
    let listener: Listener | undefined;
    await serving(log(), async (url) => {
      listener = await Listener.open(url);
      await eventually(() => listener!.text.split(':\n\n').length > 3);
    }, { heartbeat: 10 });
    await eventually(() => listener!.ended);
  });

  it('should tell how the replay goes, and steer it', async () => {
    empty();
    const commands = new Subject<Command>();
    const pace$ = new BehaviorSubject<Pace>({ paused: false, rate: 2 });
    commands.subscribe((command) => { pace$.next(command.type === 'rate' ? { ...pace$.value, rate: command.rate } : { ...pace$.value, paused: command.type !== 'resume' }); });
    const running = { meter: new Meter(() => 0), commands, pace$, span: undefined };
    const control = async (url: string, body: unknown) => {
      const response = await fetch(`${url}api/control`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
      return [response.status, await response.json()] as [number, Record<string, unknown>];
    };
    await serving(log(), async (url) => {
      const listener = await Listener.open(url);
      expect(await control(url, { command: 'pause' })).to.deep.equal([200, { paused: true, rate: 2 }]);
      expect(await control(url, { command: 'rate', rate: 'max' })).to.deep.equal([200, { paused: true, rate: 'max' }]);
      await listener.hears(({ data }) => data.paused === true && data.rate === 'max' && data.replaying === true);
      for (const body of [{}, { command: 'stop' }, { command: 'rate' }, { command: 'rate', rate: 0 }, { command: 'rate', rate: -1 }, { command: 'pause', rate: 1 }, { command: 'pause', more: 1 }, null, 'pause']) {
        expect((await control(url, body))[0], JSON.stringify(body)).to.equal(400);
      }
      pace$.complete();
      await listener.hears(({ data }) => data.replaying === false);
      expect((await control(url, { command: 'resume' }))[0]).to.equal(409);
      listener.close();
    }, { running });
    await serving(log(), async (url) => { expect((await control(url, { command: 'pause' }))[0]).to.equal(409); });
    expect(readFileSync(log(), 'utf8')).to.equal(`${HEADER}\n`);
  });
});
