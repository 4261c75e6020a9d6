import { expect } from 'chai';
import fc from 'fast-check';
import { fileName } from '../../src/domain/fileName.js';
import { attachment } from '../../src/serve/attachment.js';

describe('attachment', () => {
  it('should give any device a file name that every system takes, in a header of plain ASCII', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.option(fc.integer({ min: 0, max: 2 ** 50 })), (device, at) => {
        const header = attachment(fileName([device, 'track'], at ?? undefined, 'gpx'));
        const [, plain, encoded] = /^attachment; filename="([\w-][\w.-]*\.gpx)"; filename\*=UTF-8''([\w.~%-]+)$/.exec(header) ?? [];
        expect(plain, header).to.be.a('string');
        const name = decodeURIComponent(encoded!);
        expect(name).to.match(/^[\p{L}\p{M}\p{N}_-][\p{L}\p{M}\p{N}._-]*\.gpx$/u);
        expect(Buffer.byteLength(name)).to.be.at.most(255);
      }),
    );
  });

  it('should keep a name that is safe as it is', () => {
    const file = fileName(['बस', 'track'], Date.UTC(2021, 9, 23, 12, 30, 40) * 1000 + 250_000, 'csv');
    expect(file).to.equal('बस-track-2021-10-23T12-30-40.25Z.csv');
    expect(attachment(file)).to.equal(
      `attachment; filename="_-track-2021-10-23T12-30-40.25Z.csv"; filename*=UTF-8''${encodeURIComponent('बस')}-track-2021-10-23T12-30-40.25Z.csv`,
    );
  });
});
