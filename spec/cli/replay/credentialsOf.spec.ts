import { expect } from 'chai';
import { credentialsOf } from '../../../src/cli/replay/credentialsOf.js';

const VARIABLES = { LASTFIX_OUTPUT_USER: 'env', LASTFIX_OUTPUT_PASSWORD: 'secret', LASTFIX_OUTPUT_TOKEN: 'token' };

describe('credentialsOf', () => {
  it('should be those of the address, decoded, before those of the environment', () => {
    expect(credentialsOf(new URL('http://me:p%40ss%3A@host/'), VARIABLES)).to.deep.equal({ user: 'me', password: 'p@ss:' });
    expect(credentialsOf(new URL('mqtt://me@host/'), VARIABLES)).to.deep.equal({ user: 'me', password: '' });
  });

  it('should be those of the environment, if the address has none', () => {
    expect(credentialsOf(new URL('http://host/'), VARIABLES)).to.deep.equal({ user: 'env', password: 'secret', token: 'token' });
    expect(credentialsOf(new URL('http://host/'), {})).to.deep.equal({ user: undefined, password: undefined, token: undefined });
  });

  it('should not print what cannot be decoded', () => {
    expect(() => credentialsOf(new URL('http://me:hunter%@host/'), {})).to.throw(/^(?!.*hunter).*has a % that encodes nothing/);
  });

  for (const token of ['s3cret\n', 's3 cret', 's3crét']) {
    it(`should not take, nor print, a token that HTTP cannot carry: ${JSON.stringify(token)}`, () => {
      const given = { LASTFIX_OUTPUT_TOKEN: token };
      expect(() => credentialsOf(new URL('http://host/'), given)).to.throw(/^(?!.*s3)LASTFIX_OUTPUT_TOKEN has a blank, a line break/);
    });
  }

  it('should have no token when the variable is empty', () => {
    expect(credentialsOf(new URL('http://host/'), { LASTFIX_OUTPUT_TOKEN: '' }).token).to.equal(undefined);
  });
});
