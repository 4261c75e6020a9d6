import { expect } from 'chai';
import { isStoreUrl, storeUrl } from '../../src/store/storeUrl.js';
import { StoreError } from '../../src/store/StoreError.js';

describe('storeUrl', () => {
  it('should read every part, with the codes of characters in it', () => {
    const url = storeUrl('postgresql://me%40home:p%2Fw%3A@db.example:6543/my%20db?sslmode=verify-full&sslrootcert=/ca.pem&schema=fleet');
    expect(url).to.include({ user: 'me@home', password: 'p/w:', host: 'db.example', port: 6543, database: 'my db' });
    expect(url).to.include({ sslMode: 'verify-full', sslRootCert: '/ca.pem', schema: 'fleet' });
  });

  it('should leave to the environment what is left out', () => {
    for (const text of ['postgres://', 'postgres:///']) {
      const { host, port, user, password, database, sslMode, schema } = storeUrl(text);
      expect([host, port, user, password, database, sslMode, schema]).to.deep.equal([...Array<undefined>(6).fill(undefined), 'lastfix']);
    }
  });

  it('should know a socket by its folder, and an address of IPv6', () => {
    expect(storeUrl('postgres:///gps?host=/run/postgresql')).to.include({ host: '/run/postgresql', database: 'gps' });
    expect(storeUrl('postgres://[::1]:5432/gps')).to.include({ host: '::1', port: 5432 });
  });

  it('should show no user and no password, in messages neither', () => {
    expect(storeUrl('postgres://me:secret@host/gps?schema=other').shown).to.equal('postgres://host/gps?schema=other');
    expect(storeUrl('postgres://host/gps?user=me&password=secret').shown).to.equal('postgres://host/gps');
    for (const [text, message] of [
      ['postgres://me:secret@host:70000/gps', 'the URL of the store is not valid'],
      ['postgres://me:secret@host/gps?port=0', 'port="0" is not a port: give a number from 1 to 65535'],
      ['postgres://me:sec%ret@host/gps', 'a % that does not begin the code of a character'],
      ['postgres://me:secret@host/gps?sslmode=on', 'sslmode="on" is not one of disable, allow, prefer'],
      ['postgres://me:secret@host/gps?shcema=x', 'no parameter "shcema"'],
      ['postgres://me:secret@host/gps?schema=pg_x', 'schema="pg_x" is not a valid name for a schema'],
    ] as const) {
      expect(() => storeUrl(text), text).to.throw(StoreError, message);
      expect(() => storeUrl(text)).not.to.throw(/secret|sec%ret/);
    }
  });

  it('should be asked only for what is one', () => {
    for (const text of ['postgres://h/d', 'POSTGRESQL://h/d']) expect(isStoreUrl(text)).to.equal(true);
    for (const text of ['postgres.csv', 'output/postgres:', 'http://h/d', '-']) expect(isStoreUrl(text)).to.equal(false);
  });
});
