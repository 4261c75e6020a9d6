import type { Picture } from '../../../src/page/model/Picture.js';
import { growing } from '../../../src/page/model/growing.js';
import { marbles } from '../../support/marbles.js';

describe('growing', () => {
  it('should be so for half a minute after each fix that comes, and not by what was there before', marbles(({ cold, expectObservable }) => {
    const fixes = [{}] as unknown as Picture['changes'];
    const picture = (changes: Picture['changes'], late: Picture['changes']) => ({ changes, late }) as unknown as Picture;
    const live = cold('  w 9s f 9s l', { w: picture([], []), f: picture(fixes, []), l: picture([], fixes) });
    const expected = '   n 9s y 9s y 29999ms n';
    expectObservable(growing(live)).toBe(expected, { n: false, y: true });
  }));
});
