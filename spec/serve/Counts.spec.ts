import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { logPaths } from '../../src/log/paths.js';
import { Turns } from '../../src/rx/Turns.js';
import { Counts } from '../../src/serve/Counts.js';
import type { Message } from '../../src/serve/flushAfter.js';
import type { NewsRow } from '../../src/serve/readNews.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const HEADER = 'time,device_id,lat,lon,speed,event_time,reason,latest_event_time\n';
const ROW = '2021-10-23T12:30:03.385959Z,7,1,2,3.5,2021-10-23T12:30:01.000000Z,duplicate,2021-10-23T12:30:01.000000Z\n';
const ROWS = 10_000; // several pages

const news = (reason: string): NewsRow => ({ reason }) as unknown as NewsRow;
const message = (type: Message['type'], changes: readonly NewsRow[], late: readonly NewsRow[]): Message =>
  ({ type, changes, late }) as unknown as Message;

describe('Counts', () => {
  const at = temporaryFolder();
  const paths = () => logPaths(at('log.csv'));
  const bytes = HEADER.length + ROWS * ROW.length;
  beforeEach(() => { writeFileSync(paths().late, HEADER + ROW.repeat(ROWS)); });

  it('should count the late file, and what comes while it is being read', async () => {
    const counts = new Counts();
    const reading = counts.read(paths(), bytes, new Turns());
    counts.add(message('flush', [news('')], [news('late')]));
    await reading;
    expect(counts.verdicts).to.deep.equal({ change: 1, late: 1, duplicate: ROWS, conflict: 0 });
    expect(counts.rows).to.equal(ROWS + 2);
  });

  it('should count nothing of a log that another took the place of while it was being read', async () => {
    const counts = new Counts();
    const reading = counts.read(paths(), bytes, new Turns());
    counts.add(message('reset', [], []));
    counts.add(message('flush', [news('')], [news('late')]));
    await reading;
    expect(counts.verdicts).to.deep.equal({ change: 1, late: 1, duplicate: 0, conflict: 0 });
  });
});
