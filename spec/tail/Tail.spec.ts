import { appendFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { map, type Observable } from 'rxjs';
import type { Appended, Cursor } from '../../src/domain/Appended.js';
import { formatInstant } from '../../src/domain/instant.js';
import { openHistory } from '../../src/history/openHistory.js';
import { logPaths } from '../../src/log/paths.js';
import { appendedAfter } from '../../src/tail/appendedAfter.js';
import { formatCursor, parseCursor } from '../../src/tail/LogCursor.js';
import { Tail } from '../../src/tail/Tail.js';
import { eventually } from '../support/eventually.js';
import { HandClock } from '../support/HandClock.js';
import { playFile } from '../support/playFile.js';
import { Seen } from '../support/Seen.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const HEADER = 'time,device_id,lat,lon,speed,event_time\n';
const LATE_HEADER = HEADER.replace('\n', ',reason,latest_event_time\n');
const row = (device: string, time: number) => `${formatInstant(time)},${device},1,2,,${formatInstant(time)}\n`;

describe('Tail', () => {
  const at = temporaryFolder();
  const log = () => at('log.csv');
  let clock: HandClock;
  let open: Seen<unknown>[];

  beforeEach(() => {
    clock = new HandClock();
    open = [];
  });
  afterEach(() => { for (const seen of open) seen.unsubscribe(); });

  const words = ({ type, changes, late }: Appended) =>
    `${type}: ${[...changes, ...late].map(({ fix }) => `${fix.device}${fix.event}`).join(' ')}`;
  /** The tail of the log from where it ends now. */
  const tailOf = async () => {
    const history = await openHistory(log());
    await history.close();
    const read = (after: Cursor, upTo?: Cursor) => appendedAfter(logPaths(log()), after, { upTo });
    return new Tail(read, history.cursor, { scheduler: clock });
  };
  const listening = (appended$: Observable<Appended>) => {
    const seen = new Seen(appended$.pipe(map(words)));
    open.push(seen);
    return seen;
  };
  const passes = (holds: () => boolean) => eventually(() => {
    clock.advance(200);
    return holds();
  });
  const played = async (device: string, output = log()) => {
    writeFileSync(
      at('input.csv'),
      `device_fk_id,latitude,longitude,time_stamp,sts,speed\n${Array.from({ length: 100 }, (_, i) => `${device},1,2,${formatInstant(i)},${formatInstant(i)},\n`).join('')}`,
    );
    await playFile(at('input.csv'), output, { index: false });
  };

  it('should give all of another log to a listener that resumes as that takes the place of the one before', async () => {
    writeFileSync(log(), HEADER + row('a', 1));
    writeFileSync(at('log.late.csv'), LATE_HEADER);
    const tail = await tailOf();
    writeFileSync(at('new.csv'), HEADER + row('b', 3));
    renameSync(at('new.csv'), log());
    const back = listening(tail.after(formatCursor({ ...parseCursor(tail.cursor)!, changes: 0, content: 0 }), () => undefined));
    await eventually(() => back.values.length === 2);
    appendFileSync(log(), row('b', 4)); // before the one who reads for all has seen any of it
    const all = listening(tail.appended$);
    await passes(() => all.values.includes('rows: b3 b4'));
    await passes(() => back.values.length === 3);
    appendFileSync(log(), row('b', 5));
    await passes(() => back.values.length === 4);
    expect(back.values).to.deep.equal(['reset: ', 'rows: b3', 'rows: b4', 'rows: b5']);
  });

  it('should know another run by its files, though they are at the same place of the disk, as long, and have the same rows at their ends', async () => {
    await played('a');
    const tail = await tailOf();
    const start = tail.cursor;
    const files = ['log.csv', 'log.late.csv', 'log.rejected.csv', 'log.csv.run.json'].map((name) => at(name));
    const inodes = () => files.map((path) => statSync(path).ino).join();
    const before = inodes();
    for (let again = 0; again < 100 && (again === 0 || inodes() !== before); again++) {
      for (const path of files) rmSync(path);
      await played('a');
    }
    const [all, back] = [listening(tail.appended$), listening(tail.after(start, () => undefined))];
    await passes(() => back.values.length === 2 && all.values.length === 2);
    expect(back.values[0]).to.equal('reset: ');
    expect(all.values[0]).to.equal('reset: ');
  });

  it('should know another log by what was there before, though it was written over it', async () => {
    writeFileSync(log(), HEADER + row('a', 1) + row('a', 2));
    writeFileSync(at('log.late.csv'), LATE_HEADER);
    const all = listening((await tailOf()).appended$);
    writeFileSync(log(), HEADER + row('b', 1) + row('b', 2) + row('b', 3), { flag: 'r+' });
    await passes(() => all.values.length === 2);
    expect(all.values).to.deep.equal(['reset: ', 'rows: b1 b2 b3']);
  });
});
