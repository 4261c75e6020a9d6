import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import writeExcelFile from 'write-excel-file/node';
import { openRecording } from '../../src/recording/openRecording.js';
import { failureOf } from '../support/failureOf.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('readSheet', () => {
  const at = temporaryFolder();
  const HEADER = ['device_fk_id', 'latitude', 'longitude', 'time_stamp', 'sts', 'speed', 'note'].map((value) => ({ value }));

  it('should read a recording that comes as an Excel sheet, dates and text times both right', async () => {
    const date = (text: string) => ({ value: new Date(text), type: Date, format: 'yyyy-mm-dd hh:mm:ss' });
    const rows = [
      HEADER,
      [{ value: 25029 }, { value: 27.877958297729492 }, { value: 76.5 }, date('2021-10-23T14:08:02Z'), { value: '2021-10-23T14:08:08.598401Z' }, { value: 0 }, { value: 'a, "b"' }],
      [null, null, null, null, null, null, null],
      [{ value: '007' }, { value: -1 }, { value: 2 }, { value: '2021-10-23T14:08:03Z' }, date('2021-10-23T14:08:05Z'), null, null],
      [{ value: 'x' }, { value: 91 }, { value: 2 }, { value: '2021-10-23T14:08:03Z' }, { value: '2021-10-23T14:08:03Z' }, null, null],
    ];
    await writeExcelFile(rows as never).toFile(at('sheet.xlsx'));
    const recording = await openRecording(at('sheet.xlsx'));
    const fixes = [];
    for await (const batch of recording.batches) for (const fix of batch) fixes.push([fix.device, fix.latitude, fix.speed, fix.event, fix.arrival, ...fix.further]);
    const [second, day] = [1e6, Date.UTC(2021, 9, 23) * 1000];
    const time = (s: number) => day + ((14 * 60 + 8) * 60 + s) * second;
    expect(fixes).to.deep.equal([
      ['007', '-1', '', time(3), time(5), ''],
      ['25029', '27.877958297729492', '0', time(2), time(8) + 598_401, 'a, "b"'],
    ]);
    expect(recording.rejected.first).to.deep.equal({ line: 5, reason: 'latitude "91" is not a number from -90 to 90', record: 'x,91,2,2021-10-23T14:08:03Z,2021-10-23T14:08:03Z,,' });
  });

  it('should say that a file is no sheet', async () => {
    writeFileSync(at('fake.xlsx'), 'a,b\n');
    expect((await failureOf(openRecording(at('fake.xlsx')))).message).to.match(/^cannot read .*fake\.xlsx: /);
  });
});
