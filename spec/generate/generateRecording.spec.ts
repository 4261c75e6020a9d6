import { expect } from 'chai';
import fc from 'fast-check';
import { findColumns } from '../../src/domain/findColumns.js';
import { isRejected, parseFix } from '../../src/domain/fix.js';
import { generateRecording } from '../../src/generate/generateRecording.js';
import { oracle } from '../support/oracle.js';

describe('generateRecording', () => {
  it('should give the same recording for the same seed, and another for another', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 9 }), (seed, devices) => {
        const made = (seed: number) => [...generateRecording({ seed, devices, duration: 60_000 })].join('');
        expect(made(seed)).to.equal(made(seed));
        expect(made(seed)).not.to.equal(made(seed + 1));
      }),
      { numRuns: 20 },
    );
  });

  it('should have the shape of a real recording', () => {
    const text = [...generateRecording({ duration: 1_800_000 })].join('');
    const { changes, late, rejected, fixes } = oracle(text);
    const devices = text.trim().split('\n').slice(1).map((line) => line.split(',')[0]);
    expect(
      devices.filter((device, i) => device !== devices[i - 1]),
      'grouped by device',
    )
      .to.have.length(new Set(devices).size)
      .and.length(4);
    expect(rejected).to.deep.equal([]);
    expect((changes.split('\n').length - 2) / fixes.length, 'share of changes').to.be.within(0.2, 0.45);
    expect(late.match(/,duplicate,/g), 'retransmissions').to.have.length.greaterThan(0);
    expect(fixes.some(({ arrival, event }) => arrival - event > 3n * 3_600_000_000n), 'hours late').to.equal(true);
    expect(new Set(text.match(/\.\d+(?=Z,\d+\n)/g)!.map(({ length }) => length - 1)), 'digits of arrival times')
      .to.include(5)
      .and.include(6);
    expect(fixes.every(({ row }) => Number(row[4]) <= 95), 'speed').to.equal(true);
  });

  it('should make no row that is rejected, however many vehicles and whenever', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 30_000 }), (seed, devices, duration) => {
        const [header, ...lines] = [...generateRecording({ seed, devices, duration })].map((line) => line.trim().split(','));
        const columns = findColumns(header!);
        expect(lines.map((fields, i) => parseFix({ fields, line: i, raw: '' }, columns)).filter(isRejected)).to.deep.equal([]);
      }),
      { numRuns: 30 },
    );
  });
});
