import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { openHistory, type OpenHistoryOptions } from '../../src/history/openHistory.js';
import { noReads } from '../../src/lookup/Reads.js';
import { failureOf } from '../support/failureOf.js';
import { isOpen } from '../support/isOpen.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const HEADER = 'time,device_id,lat,lon,speed,event_time\n';
const LATE_HEADER = HEADER.replace('\n', ',reason,latest_event_time\n');
const CHANGE = '1970-01-01T00:00:00.000009Z,a,1,2,,1970-01-01T00:00:00.000008Z\n';
const LATE = '1970-01-01T00:00:00.000010Z,a,1,2,,1970-01-01T00:00:00.000003Z,late,\n';
const EVERYTHING = { event: Infinity, arrival: Infinity };

describe('openHistory', () => {
  const at = temporaryFolder();
  const files = () => ['log.csv', 'log.late.csv'].map((name) => at(name));
  beforeEach(() => {
    for (const path of files()) rmSync(`${path}.index`, { force: true });
    writeFileSync(at('log.csv'), HEADER + CHANGE);
    writeFileSync(at('log.late.csv'), LATE_HEADER + LATE);
  });
  const first = async (options?: OpenHistoryOptions) => {
    const history = await openHistory(at('log.csv'), options);
    try {
      return history.firstEvent('a', Infinity);
    } finally {
      await history.close();
    }
  };

  it('should open the log and its late file', async () => {
    expect(await first()).to.equal(3);
  });

  it('should open the log alone if that is enough, or all there is', async () => {
    expect(await first({ withLate: false })).to.equal(8);
    rmSync(at('log.late.csv'));
    expect(await first()).to.equal(8);
  });

  it('should find the late file of a log that a link leads to', async () => {
    mkdirSync(at('links'));
    symlinkSync(at('log.csv'), at('links/current.csv'));
    const history = await openHistory(at('links/current.csv'));
    expect(history.firstEvent('a', Infinity)).to.equal(3);
    await history.close();
  });

  it('should open it once, after a while, where a run that replaces it has died', async () => {
    writeFileSync(at('log.csv.lock'), '');
    const reads = noReads();
    const history = await openHistory(at('log.csv'), { reads });
    expect(history.firstEvent('a', Infinity)).to.equal(3);
    expect(reads.scanned).to.be.at.most(2);
    await history.close();
    rmSync(at('log.csv.lock'));
  });

  it('should leave a late file without a row be', async () => {
    writeFileSync(at('log.late.csv'), LATE_HEADER);
    expect(await first()).to.equal(8);
  });

  it('should hold both files open until it is closed', async () => {
    const history = await openHistory(at('log.csv'));
    expect(files().filter(isOpen)).to.deep.equal(files());
    expect(history.newest('a', EVERYTHING)?.event).to.equal(8);
    await history.close();
    expect(files().filter(isOpen)).to.deep.equal([]);
  });

  const REFUSED: readonly (readonly [what: string, changes: string | undefined, late: string, message: RegExp])[] = [
    ['no log, though a late file', undefined, LATE_HEADER, /^cannot read .*log\.csv: no such file or directory/],
    [
      'a late file with other extra columns',
      HEADER + CHANGE,
      LATE_HEADER.replace(',reason', ',note,reason'),
      /log\.late\.csv has other columns than .*log\.csv: it is of another run: move it away$/,
    ],
    ['a late file that is none', HEADER + CHANGE, 'a,b\n', /log\.late\.csv: this is not a log that lastfix wrote: its header is "a,b"$/],
    ['a late file that is empty', HEADER + CHANGE, '', /log\.late\.csv is empty/],
    ['a log that is none', 'a,b\n', LATE_HEADER, /log\.csv: this is not a log that lastfix wrote: its header is "a,b"$/],
    ['a late row that is not a fix', HEADER + CHANGE, `${LATE_HEADER}${LATE}x\n`, /log\.late\.csv:3: 1 column instead of 8/],
  ];
  for (const [what, changes, late, message] of REFUSED) {
    it(`should refuse ${what}, and close what it opened`, async () => {
      if (changes === undefined) rmSync(at('log.csv'));
      else writeFileSync(at('log.csv'), changes);
      writeFileSync(at('log.late.csv'), late);
      expect((await failureOf(openHistory(at('log.csv')))).message).to.match(message);
      expect(files().filter((path) => (changes !== undefined || path.endsWith('late.csv')) && isOpen(path))).to.deep.equal([]);
    });
  }

  it('should refuse a late file that cannot be read', async () => {
    expect((await failureOf(openHistory(at('log.csv', 'log.csv')))).message).to.match(
      /^cannot read .*: not a directory \(a part of the path is a file, not a folder\)$/,
    );
  });
});
