import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { CheckReport } from '../../../src/check/checkReport.js';
import { lastfix } from '../../support/lastfix.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const HEADER = 'device_fk_id,latitude,longitude,time_stamp,sts,speed,valid\n';
const ROWS = [
  '3.6E+14,0,0,2019-04-07T00:00:00,2019-04-07T00:00:01Z,-1,true',
  '3.6E+14,48.7,9.7,1999-08-22T00:00:10,2019-04-07T00:00:11Z,NULL,true',
  '7,48.7,9.7,2019-03-31 02:30:00,2019-04-07T00:00:12Z,5,true',
  '7,9.7,48.7,2018-10-28 02:30:00,2019-04-07T00:00:13Z,5,true',
  '7,48.7,9.7,1970-01-01T00:00:00Z,2019-04-07T00:00:14Z,,true',
  '7,148.7,9.7,2019-04-07T00:00:15,2019-04-07T00:00:15Z,,true',
  '7,48.7,9.7,2019-04-07T00:00:16,2019-04-07T00:00:16Z,,false',
  '7,48.7,9.7,07.04.2019 00:00:17,2019-04-07T00:00:17Z,,true',
  '7,48.7,9.7,07.04.2019 00:00:18,2019-04-07T00:00:18Z,,true',
];

describe('lastfix check of odd values', () => {
  const at = temporaryFolder();
  const check = (...args: string[]) =>
    lastfix(['check', 'odd.csv', '--zone', 'event=Europe/Berlin', '--where', 'VALID=true', ...args], at());

  before(() => {
    writeFileSync(at('odd.csv'), `${HEADER}${ROWS.join('\n')}\n`);
  });

  it('should count them', async () => {
    const found = JSON.parse((await check('--format', 'json')).stdout) as CheckReport;
    expect(found).to.deep.include({
      rows: 9,
      rejected: 4,
      zero_positions: 1,
      exchanged_positions: 2,
      week_rollovers: 1,
      clock_behind: 2,
      cut_ids: ['3.6E+14'],
      unknown_speeds: 2,
      first_unknown_speed: '-1',
      zoneless_event_times: 4,
      zoneless_arrival_times: 0,
      event_zone: 'Europe/Berlin',
      arrival_zone: 'UTC',
      skipped_times: 1,
      repeated_times: 1,
      rejected_reasons: [
        {
          rows: 2,
          line: 9,
          reason:
            "time_stamp \"07.04.2019 00:00:17\" is not a time: write it like 2021-10-23T12:30:03Z, or read it with --times 'dd.MM.yyyy HH:mm:ss' (or 'MM.dd.yyyy HH:mm:ss', if the month comes first)",
        },
        { rows: 1, line: 7, reason: 'latitude "148.7" is not a number from -90 to 90' },
        { rows: 1, line: 8, reason: 'valid "false" is not "true" (--where)' },
      ],
    });
  });

  it('should say what they are, and what to do', async () => {
    const { stdout } = await check('--rejected', '1');
    expect(stdout).to.include(`
worth a look
  zones           4 event times name no zone: read as Europe/Berlin (--zone event=ZONE)
  clock changes   1 time in an hour that was skipped: read as after it
  clock changes   1 time in an hour that came twice: read as in the first
  week rollover   1 fix is 1,024 weeks behind (GPS week rollover): --max-clock-behind 365d rejects it
  clocks behind   2 fixes by more than 30 days, 49 years at most: 7, arrived 2019-04-07T00:00:14.000000Z; --max-clock-behind 30d rejects them
  positions       1 fix at 0,0, where a receiver is that has no position
  positions       2 rows seem to have latitude and longitude exchanged (--columns latitude=…,longitude=…)
  ids             1 id that a spreadsheet has cut, such as "3.6E+14": export that column as text
  speeds          2 are no number from 0 up, such as "-1": unknown, and empty in the log
`);
    expect(stdout).to.include(`
rejected rows by reason
  2 like line 9: time_stamp "07.04.2019 00:00:17" is not a time: write it like 2021-10-23T12:30:03Z, or read it with --times 'dd.MM.yyyy HH:mm:ss' (or 'MM.dd.yyyy HH:mm:ss', if the month comes first)
  1 like line 7: latitude "148.7" is not a number from -90 to 90
  1 like line 8: valid "false" is not "true" (--where)

rejected rows
  line 7: latitude "148.7" is not a number from -90 to 90
  and 3 more: --rejected N lists N of them
`);
  });

  it('should say nothing of a recording without them', async () => {
    writeFileSync(at('plain.csv'), `${HEADER}7,48.7,9.7,2019-04-07T00:00:15Z,2019-04-07T00:00:15Z,5,true\n`);
    expect((await lastfix(['check', 'plain.csv'], at())).stdout).not.to.include('worth a look').and.not.to.include('by reason');
  });
});
