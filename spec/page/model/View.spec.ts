import { expect } from 'chai';
import { nextView, type View, type ViewIntent } from '../../../src/page/model/View.js';

const REST: View = { at: 'live', by: 'arrival', playing: false, rate: 20, loop: false, turn: 0 };
const after = (intents: readonly ViewIntent[], view = REST, at: View['at'] = view.at) =>
  intents.reduce((before, intent) => nextView(before, intent, { at, first: 100 }), view);
const shown = ({ at, by, playing, turn }: View) => [at, by, playing ? 'plays' : 'rests', turn].join(' ');

describe('nextView', () => {
  it('should play from the first moment where the newest is shown, and from where it stands elsewhere', () => {
    expect(shown(after([{ want: 'play', playing: true }]))).to.equal('100 arrival plays 1');
    expect(shown(after([{ want: 'play', playing: true }], { ...REST, at: 500 }))).to.equal('500 arrival plays 1');
  });

  it('should rest where the play has come to', () => {
    const playing = after([{ want: 'play', playing: true }]);
    expect(shown(after([{ want: 'play', playing: false }], playing, 170))).to.equal('170 arrival rests 2');
    expect(shown(after([{ want: 'clock', by: 'event' }], playing, 170))).to.equal('170 event plays 2');
  });

  it('should go on playing from a moment that is chosen, also from that where it began, but not beyond the newest', () => {
    const playing = after([{ want: 'play', playing: true }]);
    expect(shown(after([{ want: 'moment', at: 300 }], playing))).to.equal('300 arrival plays 2');
    expect(shown(after([{ want: 'moment', at: 100 }], playing))).to.equal('100 arrival plays 2');
    expect(shown(after([{ want: 'moment', at: 'live' }], playing))).to.equal('live arrival rests 2');
    expect(shown(after([{ want: 'ended' }], playing))).to.equal('live arrival rests 2');
  });

  it('should begin nothing anew where nothing changes, or only the rate', () => {
    for (const intent of [
      { want: 'moment', at: 'live' },
      { want: 'clock', by: 'arrival' },
      { want: 'play', playing: false },
      { want: 'rate', rate: 5 },
      { want: 'loop', loop: true },
    ] as const)
      expect(after([intent]).turn, intent.want).to.equal(0);
    expect(after([{ want: 'rate', rate: 5 }, { want: 'loop', loop: true }])).to.include({ rate: 5, loop: true });
  });

  it('should not play before anything has arrived', () => {
    expect(nextView(REST, { want: 'play', playing: true }, { at: 'live', first: undefined })).to.equal(REST);
  });
});
