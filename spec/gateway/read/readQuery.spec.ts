import { expect } from 'chai';
import { readQuery } from '../../../src/gateway/read/readQuery.js';

const EVENT = Date.UTC(2021, 9, 23, 12, 30, 36) * 1000;
const read = (query: string) => readQuery(query, { speedUnit: 'km/h', owntracksId: '{device}', trustTime: false });
const told = (query: string) => {
  const one = read(query);
  return one.kind === 'fix' ? one.fix : one.kind === 'rejected' ? one.reason : one.type;
};
const FIX = { device: 'bus 7/é', event: EVENT, latitude: '52.50', longitude: '13.4', speed: '', extra: {} };

describe('readQuery', () => {
  it('should read the query of OsmAnd, with times in seconds, in ms or in ISO 8601', () => {
    const query = 'id=bus+7%2F%C3%A9&lat=52.50&lon=13.4&timestamp=';
    for (const time of ['1634992236', '1634992236000', '1634992236.0', '2021-10-23T12:30:36Z', '2021-10-23%2012:30:36'])
      expect(told(query + time)).to.deep.equal(FIX);
    expect(told(`${query}1634992236352`)).to.deep.equal({ ...FIX, event: EVENT + 352_000 });
    expect(told(`${query}1634992236.352999`)).to.deep.equal({ ...FIX, event: EVENT + 352_999 });
    expect(told(`${query}-1`)).to.deep.equal({ ...FIX, event: -1_000_000 });
  });

  it('should have speeds in knots, and what else there is', () => {
    expect(told('deviceid=a&lat=1&lon=2&timestamp=1634992236&speed=19.438&altitude=70&batt=&time=x')).to.deep.equal({
      device: 'a',
      event: EVENT,
      latitude: '1',
      longitude: '2',
      speed: '36',
      extra: { altitude: '70', time_2: 'x' },
    });
  });

  it('should take a location of both coordinates, and the first of what is there twice', () => {
    expect(told('id=a&id=b&location=52.50,13.4&timestamp=1634992236')).to.deep.equal({ ...FIX, device: 'a' });
    expect(told('id=a&location=52.50&timestamp=1634992236')).to.equal('lat is missing or empty');
  });

  it('should say what is wrong', () => {
    expect(told('')).to.equal('id is missing or empty');
    expect(told('id=%00&lat=1&lon=2&timestamp=0')).to.match(/NUL/);
    expect(told('id=a&lat=x&lon=2&timestamp=0')).to.equal('lat "x" is not a number from -90 to 90');
    expect(told('id=a&lat=1&lon=2&timestamp=soon')).to.equal(
      'timestamp "soon" is not a time: write seconds or ms since 1970, or like 2021-10-23T12:32:45Z',
    );
    expect(told('id=a&lat=1&lon=2')).to.match(/^timestamp is missing or empty: /);
    expect(told('id=a&lat=1&lon=2&timestamp=9999999999999999')).to.match(/is not a time/);
  });
});
