import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { brokerCredentials } from '../../../src/cli/gateway/brokerCredentials.js';
import { brokerId } from '../../../src/cli/gateway/brokerId.js';
import { cannotTakeAt } from '../../../src/cli/gateway/cannotTakeAt.js';
import { gatewaySettings } from '../../../src/cli/gateway/gatewaySettings.js';
import { usersOf } from '../../../src/cli/gateway/usersOf.js';
import { digestOf } from '../../../src/gateway/http/Access.js';
import { lastfix } from '../../support/lastfix.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const STREAM = ['--output', 'nats://me:secret@host/gps'];
const settings = (line: string, variables: Record<string, string> = {}) => gatewaySettings([...STREAM, ...line.split(' ').filter((word) => word !== '')], variables)!;

describe('gatewaySettings', () => {
  it('should have what was asked for, and else what is safe', () => {
    const { stream, http, mqtt, rates, connections, ...others } = settings('--http 8018');
    expect([stream.shown, http, mqtt, rates, connections]).to.deep.equal([
      'nats://host/gps',
      { host: '127.0.0.1', port: 8018 },
      undefined,
      { device: undefined, address: undefined },
      4096,
    ]);
    expect(others).to.include({ speedUnit: 'km/h', owntracksId: '{user}/{device}', trustTime: false, users: undefined, token: undefined });
    expect(settings('--http [::]:8018 --open').http).to.deep.equal({ host: '::', port: 8018 });
    expect(settings('--http [::1]:0').http).to.deep.equal({ host: '::1', port: 0 });
    expect(settings('--http 0.0.0.0:80', { LASTFIX_GATEWAY_TOKEN: 'secret-123' }).token).to.equal('secret-123');
    expect(settings('--http 8018 --rate-limit 0.5 --rate-limit-address 20').rates).to.deep.equal({ device: 0.5, address: 20 });
    expect(settings('--mqtt mqtts://broker/owntracks/+/+ --mqtt-id g1 --keep-for 2d --partitions 3')).to.include({ mqttId: 'g1', keep: 172_800_000, partitions: 3 });
    expect(gatewaySettings(['--help'], {})).to.equal(undefined);
  });

  const wrong: readonly (readonly [line: string, reason: RegExp])[] = [
    ['', /^where do fixes come from\? Give --http 8018, or --mqtt mqtt:\/\/host\/topics, or both$/],
    ['x --http 1', /^gateway takes no argument such as "x"/],
    ['--http 8018x', /^--http "8018x" is not a place to listen: write it like 8018, 0\.0\.0\.0:8018 or \[::\]:8018$/],
    ['--http 65536', /^--http "65536" is not a place to listen/],
    ['--http ::1:80', /^--http "::1:80" is not a place to listen/],
    ['--http 0.0.0.0:80', /^0\.0\.0\.0 can be reached from other machines: say who may send with --users FILE or LASTFIX_GATEWAY_TOKEN, or let everyone send/],
    ['--http 80 --users f --open', /^--open lets everyone in: leave it out, or leave out --users and LASTFIX_GATEWAY_TOKEN$/],
    ['--mqtt mqtt://b/a --rate-limit 5', /^--rate-limit is for --http, which is not given$/],
    ['--http 80 --mqtt-id x', /^--mqtt-id is for --mqtt, which is not given$/],
    ['--http 80 --rate-limit 0', /^--rate-limit "0" is not a valid rate: give a number above 0, such as 5$/],
    ['--http 80 --rate-limit 1e9', /^--rate-limit "1e9" is not a valid rate/],
    ['--http 80 --max-connections 3', /^--max-connections "3" is out of range: give one from 4 to 65536$/],
    ['--http 80 --speed-unit kmh', /^--speed-unit "kmh" is not one of km\/h, kn, m\/s, mph$/],
    ['--http 80 --owntracks-id {user}', /^--owntracks-id "\{user\}" has no \{device\}: all devices of a user would be one$/],
    ['--http 80 --keep-for 1s', /^--keep-for "1s" is out of range: give 1h or more$/],
    ['--mqtt mqtt://b/a --mqtt-id a/b', /^--mqtt-id "a\/b" is not a valid id: give 1 to 64 letters, digits or any of _ \. ~ -$/],
    ['--mqtt mqtt://me:hunter2@b', /^--mqtt: the address of the broker is not valid/],
    ['--http 80 --output nats://me:hunter2@host', /^--output: the URL names no stream/],
    ['--http 80 --output nats://host/gps?subject=a.*', /^--output: leave out \?subject=/],
    ['--http 80 --output log.csv', /^gateway needs a stream: give its URL as --output nats:\/\/host\/gps$/],
  ];
  for (const [line, reason] of wrong) {
    it(`should refuse: ${line}`, () => {
      expect(() => settings(line)).to.throw(reason).and.not.match(/hunter2|secret/);
    });
  }

  it('should refuse a token that is too short, by the name of its variable', () => {
    expect(() => settings('--http 80', { LASTFIX_GATEWAY_TOKEN: 'short' })).to.throw(/^LASTFIX_GATEWAY_TOKEN is not a valid token/);
    expect(() => gatewaySettings(['--http', '80'], {})).to.throw(/^into which stream\? Give --output nats:\/\/host\/gps$/);
  });

  it('should be known to a broker by the same name in each run, and by another for another stream or broker', () => {
    const id = (line: string) => brokerId(settings(line));
    expect(id('--mqtt mqtt://a/x')).to.match(/^[\da-zA-Z]{23}$/).and.equal(id('--mqtt mqtt://me:pass@a/x'));
    expect(id('--mqtt mqtt://a/x')).not.to.equal(id('--mqtt mqtt://a/y'));
    expect(id('--mqtt mqtt://a/x --mqtt-id own')).to.equal('own');
  });

  it('should take the credentials of a broker of its address, or of the environment', () => {
    const variables = { LASTFIX_MQTT_USER: 'u', LASTFIX_MQTT_PASSWORD: 'p' };
    expect(brokerCredentials(new URL('mqtt://a%40:b%3A@h'), variables)).to.deep.equal({ user: 'a@', password: 'b:' });
    expect(brokerCredentials(new URL('mqtt://h'), variables)).to.deep.equal({ user: 'u', password: 'p' });
    expect(() => brokerCredentials(new URL('mqtt://a:%ff@h'), {})).to.throw(/% that encodes nothing/);
  });

  it('should say why it cannot listen, and what to do', () => {
    const said = (code: string) => {
      const cause = Object.assign(new Error('as the system says'), { code, syscall: 'listen' });
      return (cannotTakeAt({ host: '10.0.0.7', port: 80 }, cause) as Error).message;
    };
    expect(said('EADDRINUSE')).to.equal('port 80 of 10.0.0.7 is taken: choose another with --http');
    expect(said('EACCES')).to.equal('port 80 of 10.0.0.7 may not be used by this user: choose one from 1024 up with --http');
    expect(said('EADDRNOTAVAIL')).to.match(/^10\.0\.0\.7 is not an address of this machine/);
    expect(said('EIO')).to.equal('cannot listen on port 80 of 10.0.0.7: as the system says');
    const other = new Error('x');
    expect(cannotTakeAt({ host: 'a', port: 1 }, other)).to.equal(other);
  });
});

describe('usersOf', () => {
  const at = temporaryFolder();
  const users = (text: string) => {
    writeFileSync(at('users.txt'), text);
    return usersOf(at('users.txt'));
  };

  it('should read users and their passwords, or the digests of those', () => {
    const digest = digestOf('p:2').toString('hex');
    expect(users(`# the fleet\nada:p:1\r\n\nbob é:sha256:${digest.toUpperCase()}\n`)).to.deep.equal([
      { name: 'ada', digest: digestOf('p:1') },
      { name: 'bob é', digest: digestOf('p:2') },
    ]);
  });

  it('should refuse what is none, by its line, and tell no password', () => {
    for (const [text, reason] of [
      ['', /users\.txt has no users: write one NAME:PASSWORD a line$/],
      ['ada:1\nhunter2', /users\.txt:2: this is not a user: write NAME:PASSWORD$/],
      [':hunter2', /users\.txt:1: this is not a user/],
      ['ada:', /users\.txt:1: this is not a user/],
      ['ada:sha256:hunter2', /users\.txt:1: sha256: must be followed by 64 hexadecimal digits$/],
      ['ada:hunter2\nada:x', /users\.txt has the user "ada" twice: leave out one$/],
    ] as const) expect(() => users(text), text).to.throw(reason).and.not.match(/hunter2/);
    expect(() => usersOf(at('none.txt'))).to.throw(/^cannot read .*none\.txt: no such file or directory \(check the path\)$/);
  });
});

describe('lastfix gateway', () => {
  const at = temporaryFolder();

  it('should show its help, and what is wrong with 2', async () => {
    const help = await lastfix(['gateway', '--help'], at());
    expect([help.status, help.stderr]).to.deep.equal([0, '']);
    expect(help.stdout).to.match(/^lastfix gateway: .*\n\nExamples\n/);
    const { status, stderr } = await lastfix(['gateway', '--output', 'nats://host/gps'], at());
    expect([status, stderr]).to.deep.equal([
      2,
      'lastfix: where do fixes come from? Give --http 8018, or --mqtt mqtt://host/topics, or both\nSee: lastfix gateway --help\n',
    ]);
  });

  it('should end with 1 where no stream can be reached, in one line', async () => {
    const { status, stderr } = await lastfix(['gateway', '--output', 'nats://me:hunter2@127.0.0.1:1/gps', '--http', '0'], at());
    expect(status, stderr).to.equal(1);
    expect(stderr).to.match(/^lastfix: cannot reach nats:\/\/127\.0\.0\.1:1\/gps: [^\n]+\n$/).and.not.match(/hunter2/);
  });
});
