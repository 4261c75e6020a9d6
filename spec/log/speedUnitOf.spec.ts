import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { speedUnitOf } from '../../src/log/speedUnitOf.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('speedUnitOf', () => {
  const at = temporaryFolder();
  for (const [what, text, unit] of [
    ['a unit', '{"lastfix_run":1,"made_from":{"speed_unit":"kn"}}', 'kn'],
    ['no unit', '{"lastfix_run":1,"made_from":{}}', undefined],
    ['what is no unit', '{"lastfix_run":1,"made_from":{"speed_unit":"<b>"}}', undefined],
    ['nothing that can be read', '{', undefined],
  ] as const) {
    it(`should be ${unit ?? 'nothing'} if the run file says ${what}`, async () => {
      writeFileSync(at('log.csv.run.json'), text);
      expect(await speedUnitOf(at('log.csv'))).to.equal(unit);
    });
  }

  it('should be nothing if there is no run file', async () => {
    expect(await speedUnitOf(at('other.csv'))).to.equal(undefined);
  });
});
