import { expect } from 'chai';
import { HELP as CHECK_HELP } from '../../../src/cli/check/checkSettings.js';
import { fitted } from '../../../src/cli/text/fitted.js';
import { HELP as QUERY_HELP } from '../../../src/cli/query/querySettings.js';
import { HELP as REPLAY_HELP } from '../../../src/cli/replay/replayHelp.js';
import { SERVE_HELP } from '../../../src/cli/serve/serveSettings.js';

const HELP = `lastfix try: what it is, in a line that is longer than others

Examples
  lastfix try it                 as it is
  lastfix try something that takes more room --than most
                                 what that does

Words that are long enough to take two lines of a paragraph, which are
wrapped anew.
Another paragraph.

  --option X        one of these, and what it is good for: first of
                    all this, then that (1)
  -h, --help        this help
`;

describe('fitted', () => {
  it('should leave a text alone that fits', () => {
    expect(fitted(HELP, 71)).to.equal(HELP);
  });

  it('should wrap paragraphs anew, and keep explanations beside what they explain', () => {
    expect(fitted(HELP, 50)).to.equal(`lastfix try: what it is, in a line that is longer
than others

Examples
  lastfix try it
      as it is
  lastfix try something that takes more room
  --than most
      what that does

Words that are long enough to take two lines of a
paragraph, which are wrapped anew.
Another paragraph.

  --option X        one of these, and what it is
                    good for: first of all this,
                    then that (1)
  -h, --help        this help
`);
  });

  it('should put explanations below where there is no room beside', () => {
    expect(fitted(HELP, 30)).to.include(`
  --option X
      one of these, and what
      it is good for: first of
      all this, then that (1)
  -h, --help
      this help
`);
  });

  for (const [name, help] of Object.entries({ REPLAY_HELP, CHECK_HELP, QUERY_HELP, SERVE_HELP })) {
    it(`should lose no word of ${name}, and take no more room than there is`, () => {
      const words = (text: string) => text.split(/\s+/);
      for (let width = 30; width <= 120; width += 5) {
        const text = fitted(help, width);
        expect(words(text)).to.deep.equal(words(help));
        // a command stays in one piece
        const wrapped = text.split('\n').filter((line) => line.trim().includes(' ') && !help.includes(`${line}  `));
        for (const line of wrapped)
          expect(line.length, line).to.be.at.most(
            Math.max(width, line.search(/\S/) + Math.max(...words(line).map(({ length }) => length))),
          );
      }
    });
  }
});
