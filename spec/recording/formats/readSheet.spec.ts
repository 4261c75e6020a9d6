import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import writeExcelFile from 'write-excel-file/node';
import { readSheet } from '../../../src/recording/formats/readSheet.js';
import { fixesOf } from '../../../src/recording/fixesOf.js';
import { openRecording } from '../../../src/recording/openRecording.js';
import { failureOf } from '../../support/failureOf.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { workbook } from '../../support/workbook.js';

describe('readSheet', () => {
  const at = temporaryFolder();
  const HEADER = ['device_fk_id', 'latitude', 'longitude', 'time_stamp', 'sts', 'speed', 'note'].map((value) => ({ value }));

  it('should read a recording that comes as an Excel sheet, dates and text times both right', async () => {
    const date = (text: string) => ({ value: new Date(text), type: Date, format: 'yyyy-mm-dd hh:mm:ss' });
    const rows = [
      HEADER,
      [
        { value: 25029 },
        { value: 27.877958297729492 },
        { value: 76.5 },
        date('2021-10-23T14:08:02Z'),
        { value: '2021-10-23T14:08:08.598401Z' },
        { value: 0 },
        { value: 'a, "b"' },
      ],
      [null, null, null, null, null, null, null],
      [{ value: '007' }, { value: -1 }, { value: 2 }, { value: '2021-10-23T14:08:03Z' }, date('2021-10-23T14:08:05Z'), null, null],
      [{ value: 'x' }, { value: 91 }, { value: 2 }, { value: '2021-10-23T14:08:03Z' }, { value: '2021-10-23T14:08:03Z' }, null, null],
    ];
    await writeExcelFile(rows as never).toFile(at('sheet.xlsx'));
    const recording = await openRecording(at('sheet.xlsx'));
    const fixes = [];
    for await (const batch of recording.batches)
      for (const fix of fixesOf(batch)) fixes.push([fix.device, fix.latitude, fix.speed, fix.event, fix.arrival, ...fix.extra]);
    const [second, day] = [1e6, Date.UTC(2021, 9, 23) * 1000];
    const time = (s: number) => day + ((14 * 60 + 8) * 60 + s) * second;
    expect(fixes).to.deep.equal([
      ['007', '-1', '', time(3), time(5), ''],
      ['25029', '27.877958297729492', '0', time(2), time(8) + 598_401, 'a, "b"'],
    ]);
    expect(recording.rejected.first).to.deep.equal({
      line: 5,
      reason: 'latitude "91" is not a number from -90 to 90',
      record: 'x,91,2,2021-10-23T14:08:03Z,2021-10-23T14:08:03Z,,',
    });
  });

  const rowsOf = (sheet: string, options?: Parameters<typeof workbook>[1]) => {
    return readSheet('made.xlsx', Buffer.from(workbook(sheet, options)));
  };
  const fieldsOf = async (...given: Parameters<typeof rowsOf>) => (await rowsOf(...given)).map(({ fields }) => fields);

  it('should read every second of an hour as the second that it is', async () => {
    const date = (second: number) => ({
      value: new Date(Date.UTC(2021, 9, 23, 12) + 1000 * second),
      type: Date,
      format: 'yyyy-mm-dd hh:mm:ss',
    });
    const seconds = Array.from({ length: 3600 }, (_, second) => second);
    await writeExcelFile([
      HEADER,
      ...seconds.map((second) => [{ value: 'a' }, { value: 1 }, { value: 2 }, date(second), date(second), null, null]),
    ] as never).toFile(at('hour.xlsx'));
    const events = [];
    for await (const batch of (await openRecording(at('hour.xlsx'))).batches) events.push(...fixesOf(batch).map(({ event }) => event));
    expect(events).to.deep.equal(seconds.map((second) => (Date.UTC(2021, 9, 23, 12) + 1000 * second) * 1000));
  });

  it('should read times by the format of their cells, and by the year from which the workbook counts', async () => {
    const row =
      '<row r="1"><c r="A1" s="1"><v>44492.520995370374</v></c><c r="B1" s="2"><v>44492.5209953704</v></c><c r="C1" s="3"><v>0.520995370374</v></c><c r="D1" s="4"><v>44492.520995370374</v></c><c r="E1"><v>44492.5</v></c></row>';
    expect(await fieldsOf(row)).to.deep.equal([
      ['2021-10-23T12:30:14.000Z', '2021-10-23T12:30:14.000Z', '12:30:14.000', '44492.520995370374', '44492.5'],
    ]);
    expect(await fieldsOf('<row r="1"><c r="A1" s="1"><v>43030.520995370374</v></c></row>', { date1904: true })).to.deep.equal([
      ['2021-10-23T12:30:14.000Z'],
    ]);
  });

  it('should read numbers as Excel shows them, however a program wrote them', async () => {
    const numbers = ['8250.0', '8250', '8.62107044813579E14', '1.0E7', '27.877958297729492', '-0.0', '5.0E-4', '12.50'];
    const row = `<row r="1">${numbers.map((number, i) => `<c r="${'ABCDEFGH'.charAt(i)}1"><v>${number}</v></c>`).join('')}</row>`;
    expect(await fieldsOf(row)).to.deep.equal([
      ['8250', '8250', '862107044813579', '10000000', '27.877958297729492', '0', '0.0005', '12.5'],
    ]);
  });

  it('should read cells and rows that do not say where they are: each is beside or below the one before', async () => {
    const sheet =
      '<row><c t="inlineStr"><is><t>a</t></is></c><c><v>1</v></c></row><row r="3"><c><v>2</v></c><c r="C3"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>';
    expect(await rowsOf(sheet)).to.deep.equal([
      { fields: ['a', '1', '', ''], line: 1, raw: 'a,1,,' },
      { fields: ['2', '', '3', '4'], line: 3, raw: '2,,3,4' },
      { fields: ['5', '', '', ''], line: 4, raw: '5,,,' },
    ]);
  });

  it('should read errors as Excel shows them, and texts as they are', async () => {
    const errors = ['#N/A', '#DIV/0!', '#VALUE!', '#REF!', '#NAME?', '#NUM!', '#NULL!', '#SPILL!'];
    const sheet = `<row>${errors.map((error) => `<c t="e"><v>${error}</v></c>`).join('')}</row><row><c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="str"><f>A1</f><v>007</v></c><c t="inlineStr"><is><t xml:space="preserve"> x </t></is></c></row>`;
    expect(await fieldsOf(sheet)).to.deep.equal([
      ['#N/A', '#DIV/0!', '#VALUE!', '#REF!', '#NAME?', '#NUM!', '#NULL!', '#UNKNOWN!'],
      ['TRUE', 'FALSE', '007', ' x ', '', '', '', ''],
    ]);
  });

  it('should have a row rejected whose latitude or time is an error, and take a speed that is one for unknown', async () => {
    const names = HEADER.map(({ value }) => `<c t="inlineStr"><is><t>${value}</t></is></c>`).join('');
    const time = '<c s="1"><v>44492.5</v></c>';
    const error = '<c t="e"><v>#N/A</v></c>';
    const row = (latitude: string, sts: string, speed: string, note: string) =>
      `<row><c><v>7</v></c>${latitude}<c><v>2</v></c>${time}${sts}${speed}${note}</row>`;
    const [one, none] = ['<c><v>1</v></c>', '<c/>'];
    writeFileSync(
      at('errors.xlsx'),
      workbook(
        `<row>${names}</row>${row(error, time, one, none)}${row(one, error, one, none)}${row(one, time, error, none)}${row(one, time, one, error)}`,
      ),
    );
    const recording = await openRecording(at('errors.xlsx'));
    const reasons = [];
    for await (const rows of recording.rejected.take()) reasons.push(...rows.map(({ line, reason }) => `${line}: ${reason}`));
    expect(reasons).to.deep.equal([
      '2: latitude "#N/A" is not a number from -90 to 90',
      `3: sts "#N/A" is not a time: write it like 2021-10-23T12:30:03Z, or say how it is written, as in --times 'dd/MM/yyyy HH:mm:ss'`,
    ]);
    for await (const batch of recording.batches) expect(fixesOf(batch).map(({ extra }) => extra)).to.deep.equal([[''], ['#N/A']]);
  });

  it('should read no column beyond the last that has something in it', async () => {
    expect(await fieldsOf('<row><c r="A1"><v>1</v></c><c r="XFD1" s="2"/></row><row><c/><c><v>2</v></c></row>')).to.deep.equal([
      ['1', ''],
      ['', '2'],
    ]);
  });

  it('should read the first sheet unless another is chosen by its name or its number, and say which others there are', async () => {
    const bytes = Buffer.from(workbook('<row><c><v>1</v></c></row>', { others: ['Trips', '1'] }));
    const said: string[] = [];
    const read = async (sheet?: string) => (await readSheet('made.xlsx', bytes, { sheet, said: (what) => said.push(what) }))[0]!.fields;
    expect([await read('Trips'), await read('2'), await read('1'), await read('3')]).to.deep.equal([['Trips'], ['Trips'], ['1'], ['1']]);
    expect(said).to.deep.equal([]);
    expect(await read()).to.deep.equal(['1']);
    expect(said).to.deep.equal(['made.xlsx: reading the sheet "Fixes"; there is also "Trips", "1", which --sheet chooses']);
    for (const sheet of ['trips', '4', '0', '-1'])
      expect((await failureOf(read(sheet))).message).to.equal(
        `made.xlsx has no sheet "${sheet}": name one with --sheet, by its name or its number; it has "Fixes", "Trips", "1"`,
      );
  });

  it('should say that a file is no workbook, or a damaged one', async () => {
    const whole = workbook('<row><c><v>1</v></c></row>');
    for (const [bytes, reason] of [
      [
        Buffer.from('d0cf11e0a1b11ae1', 'hex'),
        /fake\.xlsx is an old Office document, or one with a password: if it is an Excel workbook, save it as \.xlsx without a password, or as CSV$/,
      ],
      ['PK\x03\x04 and no more', /^cannot read .*fake\.xlsx: the zip archive is cut off: get the whole file$/],
      [
        workbook('<row><c r="ZZZZ1"><v>1</v></c></row>'),
        /^cannot read .*fake\.xlsx: the workbook is damaged \(a cell is beyond the end of a sheet\): open it in Excel, and save it again$/,
      ],
      [workbook('<row r="2000000"><c><v>1</v></c></row>'), /^cannot read .*fake\.xlsx: the workbook is damaged \(a cell is beyond/],
      [whole.subarray(0, whole.length / 2), /^cannot read .*fake\.xlsx: the zip archive is cut off: get the whole file$/],
    ] as const) {
      writeFileSync(at('fake.xlsx'), bytes);
      expect((await failureOf(openRecording(at('fake.xlsx')))).message).to.match(reason);
    }
  });
});
