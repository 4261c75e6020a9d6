import { expect } from 'chai';
import fc from 'fast-check';
import { attachment } from '../../src/serve/attachment.js';

describe('attachment', () => {
  it('should give any device a file name that every system takes, in a header of plain ASCII', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (device) => {
        const header = attachment(`track-${device}`, 'gpx');
        const [, plain, encoded] = /^attachment; filename="(track-[\w.-]*\.gpx)"; filename\*=UTF-8''([\w.~%-]+)$/.exec(header) ?? [];
        expect(plain, header).to.be.a('string');
        const name = decodeURIComponent(encoded!);
        expect(name).to.match(/^track-[^\p{Cc}\p{Cf}"*/:<>?\\|]*\.gpx$/u);
        expect(Buffer.byteLength(name)).to.be.at.most(255);
      }),
    );
  });

  it('should keep a name that is safe as it is', () => {
    expect(attachment('track-बस 7', 'csv')).to.equal(
      `attachment; filename="track-_7.csv"; filename*=UTF-8''track-${encodeURIComponent('बस 7')}.csv`,
    );
  });
});
