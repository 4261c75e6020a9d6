import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { tokenOf } from '../../../src/cli/serve/tokenOf.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

describe('tokenOf', () => {
  const at = temporaryFolder();

  it('should find none where none is given', () => {
    expect(tokenOf({})).to.equal(undefined);
  });

  it('should take it from an option, a file or the environment, and know which of them is no secret', () => {
    writeFileSync(at('token'), 'from-a-file\n');
    expect(tokenOf({ token: 'from-an-option', variable: 'from-the-environment' })).to.deep.equal({
      text: 'from-an-option',
      isHidden: false,
    });
    expect(tokenOf({ file: at('token'), variable: 'from-the-environment' })).to.deep.equal({ text: 'from-a-file', isHidden: true });
    expect(tokenOf({ variable: 'from-the-environment' })).to.deep.equal({ text: 'from-the-environment', isHidden: true });
  });

  it('should refuse what is not valid, and say where it comes from but not what it is', () => {
    writeFileSync(at('short'), 'short\n');
    for (const [sources, message] of [
      [{ token: 'a b c d e f' }, /^--token is not a valid token: it has 8 to 200 letters, digits or any of _ \. ~ -$/],
      [{ file: at('short') }, /^the token in .*short is not a valid token/],
      [{ variable: '' }, /^LASTFIX_TOKEN is not a valid token/],
      [{ token: 'from-an-option', file: at('short') }, /^--token and --token-file exclude each other/],
      [{ file: at('none') }, /^cannot read .*none: no such file or directory \(check the path\)$/],
    ] as const) expect(() => tokenOf(sources)).to.throw(message);
  });
});
