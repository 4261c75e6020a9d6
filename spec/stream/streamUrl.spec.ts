import { expect } from 'chai';
import { isStreamUrl, streamUrl } from '../../src/stream/streamUrl.js';
import { StreamError } from '../../src/stream/StreamError.js';

describe('streamUrl', () => {
  it('should read every part, with the codes of characters in it', () => {
    const url = streamUrl('nats://me%40home:p%2Fw%3A@a.example:6222,b.example,[::1]:7222/gps?subject=fleet.*&tls=require');
    expect(url.servers).to.deep.equal(['a.example:6222', 'b.example:4222', '[::1]:7222']);
    expect(url).to.include({ stream: 'gps', subject: 'fleet.*' });
    expect(url.credentials).to.deep.equal({ user: 'me@home', password: 'p/w:' });
    expect(url.tls.mode).to.equal('require');
    expect(url.shown).to.equal('nats://a.example:6222,b.example,[::1]:7222/gps?subject=fleet.*');
  });

  it('should take a login without a colon for a token, and else that of the environment', () => {
    expect(streamUrl('nats://s%3Acret@host/gps').credentials).to.deep.equal({ token: 's:cret' });
    const env = { LASTFIX_NATS_USER: 'me', LASTFIX_NATS_PASSWORD: 'secret' };
    expect(streamUrl('nats://host/gps', env).credentials).to.deep.equal({ user: 'me', password: 'secret' });
    expect(streamUrl('nats://you:p@host/gps', env).credentials).to.deep.equal({ user: 'you', password: 'p' });
    expect(streamUrl('nats://host/gps', { LASTFIX_NATS_TOKEN: 'secret' }).credentials).to.deep.equal({ token: 'secret' });
    expect(streamUrl('nats://host/gps', { LASTFIX_NATS_CREDS: '/a.creds' }).credentials).to.deep.equal({ file: '/a.creds' });
    expect(streamUrl('nats://host/gps').credentials).to.deep.equal({});
  });

  it('should want TLS where the scheme, the URL or a file says so', () => {
    expect(streamUrl('nats://host/gps').tls).to.deep.equal({ mode: 'offered', ca: undefined, cert: undefined, key: undefined });
    expect(streamUrl('tls://host/gps').tls.mode).to.equal('require');
    expect(streamUrl('tls://host/gps?tls=first').tls.mode).to.equal('first');
    expect(streamUrl('nats://host/gps', { LASTFIX_NATS_CA: '/ca.pem' }).tls).to.include({ mode: 'require', ca: '/ca.pem' });
  });

  it('should show no credentials, in messages neither', () => {
    const wrong: readonly (readonly [string, string, Record<string, string>?])[] = [
      ['nats://me:secret@host:99999/gps', 'port 99999 is not a port: give a number from 1 to 65535'],
      ['nats://me:secret@ho st/gps', 'a host that is not valid'],
      ['nats://me:secret@/gps', 'a host that is not valid'],
      ['nats://me:secret@host,/gps', 'a host that is not valid'],
      ['nats://me:secret@host', 'names no stream'],
      ['nats://me:secret@host/', 'names no stream'],
      ['nats://me:sec%ret@host/gps', 'a % that encodes nothing'],
      ['nats://me:secret@host/g%ps', 'a % that does not begin the code of a character'],
      ['nats://me:secret@host/gps.x', '"gps.x" is not a valid name for a stream'],
      ['nats://me:secret@host/gps?subject=', 'subject="" is not a subject'],
      ['nats://me:secret@host/gps?tls=off', 'tls="off" is not one of require, first'],
      ['nats://me:secret@host/gps?subjects=x', 'no parameter "subjects"'],
      ['nats://me:sec#ret@host/gps', 'is not valid'],
      ['nats://host/gps', 'set only one of them', { LASTFIX_NATS_TOKEN: 'secret', LASTFIX_NATS_USER: 'me', LASTFIX_NATS_PASSWORD: 'secret' }],
      ['nats://host/gps', 'without LASTFIX_NATS_USER', { LASTFIX_NATS_PASSWORD: 'secret' }],
      ['nats://host/gps', 'set both, or none', { LASTFIX_NATS_CERT: '/c.pem' }],
    ];
    for (const [text, message, env] of wrong) {
      expect(() => streamUrl(text, env), text).to.throw(StreamError, message);
      expect(() => streamUrl(text, env), text).not.to.throw(/sec%?#?ret/);
    }
    expect(streamUrl('nats://me:secret@host/gps').shown).to.equal('nats://host/gps');
  });

  it('should be asked only for what is one', () => {
    for (const text of ['nats://host/gps', 'TLS://host/gps']) expect(isStreamUrl(text), text).to.equal(true);
    for (const text of ['nats', 'gps.csv', 'postgres://host/gps', './nats://host']) expect(isStreamUrl(text), text).to.equal(false);
  });
});
