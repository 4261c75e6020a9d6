import { expect } from 'chai';
import { Stamp } from '../../../src/page/map/Stamp.js';

describe('Stamp', () => {
  it('should have the pixels that are not transparent, where they are in a picture of any width', () => {
    const pixels = Uint32Array.of(0, 0xff000001, 0x00ffffff, 0x01000002);
    const stamp = new Stamp({ data: pixels, width: 2 });
    expect([...stamp.colours]).to.deep.equal([0xff000001, 0x01000002]);
    expect([...stamp.offsetsIn(100)]).to.deep.equal([1, 101]);
    expect([...stamp.offsetsIn(10)]).to.deep.equal([1, 11]);
  });
});
