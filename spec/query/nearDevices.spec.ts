import { expect } from 'chai';
import { finish } from '../../src/domain/finish.js';
import { nearDevices } from '../../src/query/nearDevices.js';

describe('nearDevices', () => {
  const words = (device: string, ids: readonly string[]) => finish(nearDevices(device, ids)).words;

  it('should name those that are spelled most like one that there is not, and how many more there are', () => {
    const ids = Array.from({ length: 1210 }, (_, i) => `bus ${i}`);
    expect(words('buss 7', ids)).to.match(/^knows "bus 7", .* and 1,202 more$/);
    expect(finish(nearDevices('buss 7', ids)).near).to.have.length(8);
    expect(words('x', ['a"b', 'x1'])).to.equal('knows "x1", "a\\"b"');
  });

  it('should say that there is none', () => {
    expect(words('x', [])).to.equal('holds no fix');
  });

  it('should compare no long id, which would take long', () => {
    expect(words('x'.repeat(65), ['b', 'a'])).to.equal('knows "b", "a"');
    expect(words('x', ['x'.repeat(65), 'a'])).to.equal('knows "a"');
  });
});
