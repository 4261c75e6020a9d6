import { randomBytes } from 'node:crypto';
import { nkeys } from '@nats-io/transport-node';

type Keys = ReturnType<typeof nkeys.createUser>;

/** What nsc makes: the settings of a server that knows its users by their operator, and the file of credentials of one user. */
export function credentials(): { readonly settings: string; readonly creds: string } {
  const [operator, system, account, user] = [nkeys.createOperator(), nkeys.createAccount(), nkeys.createAccount(), nkeys.createUser()];
  const unlimited = { subs: -1, data: -1, payload: -1, imports: -1, exports: -1, wildcards: true, conn: -1, leaf: -1 };
  const stored = { mem_storage: -1, disk_storage: -1, streams: -1, consumer: -1 };
  const operatorToken = token(operator, 'operator', operator, {});
  const systemToken = token(system, 'account', operator, { limits: unlimited });
  const accountToken = token(account, 'account', operator, { limits: { ...unlimited, ...stored } });
  const userToken = token(user, 'user', account, { subs: -1, data: -1, payload: -1 });
  return {
    settings: `operator: ${operatorToken}
system_account: ${system.getPublicKey()}
resolver: MEMORY
resolver_preload: { ${system.getPublicKey()}: ${systemToken}, ${account.getPublicKey()}: ${accountToken} }`,
    creds: `-----BEGIN NATS USER JWT-----\n${userToken}\n------END NATS USER JWT------\n\n`
      + `-----BEGIN USER NKEY SEED-----\n${Buffer.from(user.getSeed()).toString()}\n------END USER NKEY SEED------\n`,
  };
}

/** A JWT about somebody, signed by another: https://docs.nats.io/running-a-nats-service/nats_admin/security/jwt. */
function token(subject: Keys, type: string, by: Keys, more: object): string {
  const claims = {
    jti: randomBytes(16).toString('hex'),
    iat: Math.floor(Date.now() / 1000),
    iss: by.getPublicKey(),
    name: type,
    sub: subject.getPublicKey(),
    nats: { ...more, type, version: 2 },
  };
  const signed = [{ typ: 'JWT', alg: 'ed25519-nkey' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${signed}.${Buffer.from(by.sign(Buffer.from(signed))).toString('base64url')}`;
}
