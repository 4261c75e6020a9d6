import { expect } from 'chai';
import { EXACT_UP_TO, groundOf } from '../../../src/page/model/groundOf.js';

describe('groundOf', () => {
  it('should say whose map it is, and where the coast of lastfix is not exact any more', () => {
    expect(groundOf({ tiles: null }, 256)).to.equal('Coast: Natural Earth');
    expect(groundOf({ tiles: null }, EXACT_UP_TO * 1.2)).to.equal('The coast is not exact at this scale: --tiles shows a map');
    expect(groundOf({ tiles: 'https://tile.example/{z}/{x}/{y}.png', attribution: null }, 2 ** 30)).to.equal('Map: tile.example');
    expect(groundOf({ tiles: 'https://tile.example/{z}/{x}/{y}.png', attribution: '© Somebody' }, 256)).to.equal('© Somebody');
    expect(groundOf({ tiles: '/api/tiles.pmtiles' }, 256)).to.equal('Map: tiles of a file');
  });
});
