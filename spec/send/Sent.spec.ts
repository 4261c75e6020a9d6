import { expect } from 'chai';
import { Sent } from '../../src/send/Sent.js';
import { sendingReport } from '../../src/send/sendingReport.js';

const some = (count: number, from = 1) => Array.from({ length: count }, (_, i) => ({ device: 'a', arrival: 0, place: from + i }));

describe('Sent', () => {
  it('should know what is neither acknowledged nor refused', () => {
    const sent = new Sent();
    sent.wanted = 10;
    sent.acknowledge(3, 300, 5);
    sent.refuse(some(2), '404 Not Found');
    expect(sendingReport(sent)).to.deep.include({ sent: 10, acknowledged: 3, refused: 2, unacknowledged: 5, retried: 0 });
    expect(sendingReport(sent).acknowledgement_ms).to.include({ mean: 5, max: 5 });
  });

  it('should list what was refused, the most frequent reason first, and each with its first fix, but no more than a thousand', () => {
    const sent = new Sent();
    sent.refuse(some(2), 'few');
    sent.refuse(some(1500, 3), 'many');
    sent.refuse(some(1, 1503), 'last');
    const { refusals, refused } = sendingReport(sent);
    expect(refused).to.equal(1503);
    expect(refusals.map(({ reason, count, fixes }) => [reason, count, fixes[0]!.seq, fixes.length])).to.deep.equal([
      ['many', 1500, 3, 998],
      ['few', 2, 1, 2],
      ['last', 1, 1503, 1],
    ]);
  });

  it('should tell a hundred reasons apart, and count all others as one', () => {
    const sent = new Sent();
    for (let i = 0; i < 150; i++) sent.refuse(some(1), `reason ${i}`);
    expect(sent.refusals).to.have.length(101);
    expect(sent.refusals[0]).to.include({ reason: 'other reasons', count: 50 });
  });
});
