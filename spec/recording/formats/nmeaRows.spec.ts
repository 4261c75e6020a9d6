import { expect } from 'chai';
import fc from 'fast-check';
import { nmeaDegrees } from '../../../src/recording/formats/nmeaDegrees.js';
import { partsRead } from '../../support/partsRead.js';

/** A sentence with its checksum. */
const sentence = (body: string) =>
  `$${body}*${Buffer.from(body).reduce((sum, byte) => sum ^ byte, 0).toString(16).toUpperCase().padStart(2, '0')}`;
const rmc = (clock: string, { status = 'A', day = '231021', place = '4807.038,N,01131.000,E', speed = '022.4' } = {}) =>
  sentence(`GPRMC,${clock},${status},${place},${speed},084.4,${day},003.1,W`);
const gga = (clock: string, { place = '4807.038,N,01131.000,E', quality = '1' } = {}) =>
  sentence(`GPGGA,${clock},${place},${quality},08,0.9,545.4,M,46.9,M,,`);

describe('nmeaRows', () => {
  const read = async (...lines: readonly string[]) => {
    const [part] = await partsRead({ name: 'track.nmea', bytes: lines.map((line) => `${line}\r\n`).join('') });
    expect(part!.kind).to.equal('nmea');
    return part!.rows!;
  };
  const PLACE = ['48.117300', '11.516667'];

  it('should bring RMC and GGA of one moment together, whichever comes first, and pass over other sentences', async () => {
    // both as they stand in many a manual, with their checksums
    const known = [
      '$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A',
      '$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47',
    ];
    const row = ['1994-03-23T12:35:19Z', ...PLACE, '022.4', '084.4', '545.4', '08', '0.9'];
    expect(await read(...known)).to.deep.equal([row]);
    const others = [sentence('GPGSV,3,1,11,03,03,111,00'), sentence('PMTK010,001'), '!AIVDM,1,1,,A,14eG;o@034o8sd<L9i:a;WF>062D,0*7D'];
    expect(await read(known[1]!, ...others, known[0]!, others[0]!)).to.deep.equal([row]);
  });

  it('should keep fractions of a second, and fixes of one receiver at the same moment apart', async () => {
    expect(await read(rmc('123519.25'), rmc('123519.250'), rmc('123519.50'))).to.deep.equal(
      ['25', '250', '50'].map((fraction) => [`2021-10-23T12:35:19.${fraction}Z`, ...PLACE, '022.4', '084.4', '', '', '']),
    );
  });

  it('should take the date of GGA from the RMC before it, also beyond midnight', async () => {
    const rows = await read(gga('235957'), rmc('235958'), gga('235959'), gga('000000'), gga('000001'));
    expect(rows[0]).to.include({ line: 1, fault: 'GGA names no date, and no RMC sentence stands before it', raw: gga('235957') });
    expect(rows.slice(1).map((row) => (row as readonly string[])[0])).to.deep.equal([
      '2021-10-23T23:59:58Z',
      '2021-10-23T23:59:59Z',
      '2021-10-24T00:00:00Z',
      '2021-10-24T00:00:01Z',
    ]);
  });

  it('should give what is no position as it stands there, with what is wrong', async () => {
    const damaged = rmc('123519').replace('4807', '4808');
    const rows = await read(
      damaged,
      '$GPRMC,123520,A,4807.038,N,01131.0',
      rmc('123521', { status: 'V', place: ',,,' }),
      rmc('123522', { day: '310221' }),
      rmc('250000'),
      gga('123523', { quality: '0' }),
      'GARBAGE',
    );
    expect(rows.map((row) => ('fault' in row ? [row.line, row.fault, row.raw] : row))).to.deep.equal([
      [
        1,
        `the checksum is ${damaged.slice(-2)}, and that of the sentence ${sentence(damaged.slice(1, -3)).slice(-2)}: it was damaged on its way`,
        damaged,
      ],
      [2, 'RMC has 5 fields, and needs 9 at least: it is cut off', '$GPRMC,123520,A,4807.038,N,01131.0'],
      [3, 'RMC has the status "V": the receiver has no fix', rmc('123521', { status: 'V', place: ',,,' })],
      [4, 'the date "310221" of RMC is not a day, as ddmmyy', rmc('123522', { day: '310221' })],
      [5, 'the time "250000" of RMC is not hhmmss', rmc('250000')],
      [6, 'GGA has the quality "0": the receiver has no fix', gga('123523', { quality: '0' })],
      [7, 'this is not an NMEA sentence', 'GARBAGE'],
    ]);
  });

  it('should take what stands before a sentence in newer logs, and sentences without a checksum', async () => {
    const row = ['2021-10-23T12:35:19Z', ...PLACE, '022.4', '084.4', '', '', ''];
    expect(await read(`\\s:r3669961,c:1120959341*51\\${rmc('123519')}`)).to.deep.equal([row]);
    expect(await read(rmc('123519').slice(0, -3))).to.deep.equal([row]);
  });

  it('should write positions that are degrees and minutes as degrees, to the last digit of the minutes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 179 }), fc.integer({ min: 0, max: 59_9999_999 }), fc.boolean(), (degrees, minutes, isWest) => {
        const text = `${String(degrees).padStart(3, '0')}${(minutes / 1e7).toFixed(7).padStart(10, '0')}`;
        const decimal = nmeaDegrees(text, isWest ? 'W' : 'E');
        const back = Math.abs(Number(decimal)) - degrees;
        expect(Math.abs(back * 60 - minutes / 1e7)).to.be.below(5e-8);
        expect(decimal.startsWith('-')).to.equal(isWest);
      }),
    );
    expect(nmeaDegrees('4860.000', 'N')).to.equal('4860.000N');
    expect(nmeaDegrees('', '')).to.equal('');
  });
});
