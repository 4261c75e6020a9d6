import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { openDatabase } from '../../src/store/openDatabase.js';
import { storeUrl } from '../../src/store/storeUrl.js';
import { failureOf } from '../support/failureOf.js';
import { lastfix } from '../support/lastfix.js';
import { PostgresServer } from '../support/PostgresServer.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const FIXTURES = fileURLToPath(new URL('../../../fixtures', import.meta.url));
const RULES = 'local all all trust\nhostssl all courier 127.0.0.1/32 cert\nhostssl all all 127.0.0.1/32 trust\n';

describe('a server with TLS', () => {
  const at = temporaryFolder();
  let server: PostgresServer;
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: at(), stdio: ['ignore', 'ignore', 'pipe'] });
  const newKey = (name: string) => ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', `${name}.key`];
  /** An authority. */
  const authority = (name: string) => openssl('req', '-x509', ...newKey(name), '-out', `${name}.crt`, '-days', '2', '-subj', `/CN=${name}`);
  /** What it has signed. */
  const signed = (name: string, by: string, subject: string, extension?: string) => {
    openssl('req', ...newKey(name), '-out', `${name}.csr`, '-subj', `/CN=${subject}`, ...(extension ? ['-addext', extension] : []));
    const as = ['-CA', `${by}.crt`, '-CAkey', `${by}.key`, '-CAcreateserial', '-copy_extensions', 'copy'];
    openssl('x509', '-req', '-in', `${name}.csr`, '-out', `${name}.crt`, '-days', '2', ...as);
  };

  before(async () => {
    for (const name of ['ours', 'theirs']) authority(name);
    signed('server', 'ours', 'localhost', 'subjectAltName=DNS:localhost');
    signed('courier', 'ours', 'courier');
    signed('stranger', 'theirs', 'courier');
    server = await PostgresServer.start();
    const owner = await openDatabase(storeUrl(server.url()));
    await owner.query('create role courier login; grant create on database postgres to courier');
    await owner.close();
    server.stop();
    for (const name of ['server.crt', 'server.key', 'ours.crt']) server.put(name, readFileSync(at(name)));
    server.put('pg_hba.conf', RULES);
    server.again({ ssl: 'on', ssl_ca_file: 'ours.crt' });
  });
  after(() => { server.remove(); });

  const url = (host: string, parameters: string, user = 'postgres') => `postgres://${user}@${host}:${server.port}/postgres?${parameters}`;
  const trusting = (mode: string, root = 'ours') => `sslmode=${mode}&sslrootcert=${encodeURIComponent(at(`${root}.crt`))}`;
  const proving = (name: string) => `&sslcert=${encodeURIComponent(at(`${name}.crt`))}&sslkey=${encodeURIComponent(at(`${name}.key`))}`;
  /** Who one is, and by which version of TLS. */
  const connected = async (address: string) => {
    const database = await openDatabase(storeUrl(address));
    try {
      const { rows } = await database.query('select current_user as name, version from pg_stat_ssl where pid = pg_backend_pid()');
      return rows[0];
    } finally {
      await database.close();
    }
  };
  const refusal = async (address: string) => (await failureOf(openDatabase(storeUrl(address)))).message;
  const told = (host: string) => `postgres://${host}:${server.port}/postgres`;
  const OWNER = { name: 'postgres', version: 'TLSv1.3' };

  for (const parameters of ['', 'sslmode=prefer', 'sslmode=allow', 'sslmode=require']) {
    it(`should be reached by TLS, whoever it is: ${parameters || 'by default'}`, async () => {
      expect(await connected(url('127.0.0.1', parameters))).to.deep.equal(OWNER);
    });
  }

  it('should be told from others by the authority of its certificate, and by its host if that is asked for', async () => {
    expect(await connected(url('127.0.0.1', trusting('require')))).to.deep.equal(OWNER);
    expect(await connected(url('127.0.0.1', trusting('verify-ca')))).to.deep.equal(OWNER);
    expect(await connected(url('localhost', trusting('verify-full')))).to.deep.equal(OWNER);
  });

  it('should be refused if its certificate is for another host', async () => {
    expect(await refusal(url('127.0.0.1', trusting('verify-full')))).to.equal(
      `cannot reach ${told('127.0.0.1')}: its certificate is for another host: check the host, or use sslmode=verify-ca`,
    );
  });

  for (const mode of ['require', 'verify-ca', 'verify-full']) {
    it(`should be refused if its certificate is of another authority: ${mode}`, async () => {
      expect(await refusal(url('localhost', trusting(mode, 'theirs')))).to.equal(
        `cannot reach ${told('localhost')}: its certificate is of an unknown authority: name that with sslrootcert=FILE`,
      );
    });
  }

  it('should be refused if nothing is known of its authority', async () => {
    expect(await refusal(url('localhost', 'sslmode=verify-full'))).to.match(/: its certificate is of an unknown authority: name that with sslrootcert=FILE$/);
  });

  it('should not be reached without TLS', async () => {
    expect(await refusal(url('127.0.0.1', 'sslmode=disable'))).to.match(
      /: no pg_hba.conf entry for host .*no encryption \(check the user and the pg_hba.conf of the server, or give \?sslmode=require if it requires TLS\)$/,
    );
  });

  it('should let in who has a certificate, and nobody else', async () => {
    expect(await connected(url('127.0.0.1', trusting('verify-ca') + proving('courier'), 'courier'))).to.deep.equal({ ...OWNER, name: 'courier' });
    expect(await refusal(url('127.0.0.1', trusting('verify-ca'), 'courier'))).to.match(/: connection requires a valid client certificate \(/);
    expect(await refusal(url('127.0.0.1', trusting('verify-ca') + proving('stranger'), 'courier'))).to.match(/^cannot reach .*unknown ca/);
  });

  it('should be replayed into, with what the environment says', async () => {
    const env = { ...process.env, PGSSLMODE: 'verify-full', PGSSLROOTCERT: at('ours.crt'), PGSSLCERT: at('courier.crt'), PGSSLKEY: at('courier.key') };
    const output = `postgres://courier@localhost:${server.port}/postgres`;
    const run = (...args: string[]) => lastfix([...args, '--output', output], at(), undefined, { env });
    expect(await run('replay', `${FIXTURES}/minute.csv`, '--rate', 'max', '--quiet')).to.include({ status: 0, stderr: '' });
    expect((await run('query', '--all', '--format', 'csv')).stdout.split('\n')).to.have.length.above(3);
  });
});
