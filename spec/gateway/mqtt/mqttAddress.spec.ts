import { expect } from 'chai';
import { mqttAddress } from '../../../src/gateway/mqtt/mqttAddress.js';

describe('mqttAddress', () => {
  it('should read a broker and a filter of topics, and show neither user nor password', () => {
    const { url, topics, shown } = mqttAddress('mqtts://me:p%40ss@broker:8883/owntracks/+/+');
    expect([url.protocol, url.host, url.username, url.password]).to.deep.equal(['mqtts:', 'broker:8883', 'me', 'p%40ss']);
    expect([topics.filter, shown]).to.deep.equal(['owntracks/+/+', 'mqtts://broker:8883/owntracks/+/+']);
    expect(mqttAddress('mqtt://broker/fleet/#').topics.filter).to.equal('fleet/#');
    expect(mqttAddress('mqtt://broker/my%20fleet/%2B').topics.filter).to.equal('my fleet/+');
  });

  it('should have the level of a device', () => {
    const { topics, shown } = mqttAddress('mqtt://broker/fleet/{device}/fix');
    expect([topics.filter, shown]).to.deep.equal(['fleet/+/fix', 'mqtt://broker/fleet/{device}/fix']);
    expect([topics.deviceOf('fleet/bus 7%2F8/fix'), topics.deviceOf('fleet/100%/fix'), topics.deviceOf('fleet//fix')]).to.deep.equal(['bus 7/8', '100%', undefined]);
    expect(mqttAddress('mqtt://broker/fleet/+').topics.deviceOf('fleet/a')).to.equal(undefined);
  });

  for (const text of ['mqtt://broker', 'mqtt://broker/', 'http://broker/a', 'mqtt:///a', 'mqtt://me:secret@bro ker/a', 'broker/a']) {
    it(`should refuse an address that is none: ${text}`, () => {
      expect(() => mqttAddress(text)).to.throw(/^the address of the broker is not valid, or names no topics: write it like mqtts:/).and.not.match(/secret/);
    });
  }

  for (const filter of ['a+', '+a', 'a/#/b', 'a#', '%', 'a/%00', 'x{device}', '{user}/a']) {
    it(`should refuse a filter that is none: ${filter}`, () => {
      expect(() => mqttAddress(`mqtt://me:secret@broker/${filter}`)).to.throw(/ is not a filter of topics: \+ and \{device\} stand for a whole level/);
    });
  }
});
