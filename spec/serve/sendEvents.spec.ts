import { expect } from 'chai';
import { Subject } from 'rxjs';
import { sendEvents } from '../../src/serve/sendEvents.js';
import { FakeResponse } from '../support/FakeResponse.js';
import { HandClock } from '../support/HandClock.js';
import { Seen } from '../support/Seen.js';

const MEBIBYTE = 2 ** 20;

describe('sendEvents', () => {
  let clock: HandClock;
  let event$: Subject<Buffer | string>;
  let drops: number;
  beforeEach(() => {
    [clock, event$, drops] = [new HandClock(), new Subject(), 0];
  });
  const sending = () => {
    const { fake, response } = FakeResponse.make();
    return { fake, seen: new Seen(sendEvents(response, event$, { onDrop: () => drops++, scheduler: clock })) };
  };

  it('should send what comes, and say every 15 s that it is still there', () => {
    const { fake, seen } = sending();
    expect(fake.head).to.deep.include(200).and.to.have.nested.property('[1].content-type', 'text/event-stream');
    expect(fake.text).to.equal(': lastfix\n\n');
    event$.next('data: 1\n\n');
    clock.advance(14_999);
    expect(fake.text).to.equal(': lastfix\n\ndata: 1\n\n');
    clock.advance(1);
    event$.next(Buffer.from('data: 2\n\n'));
    clock.advance(15_000);
    expect(fake.text).to.equal(': lastfix\n\ndata: 1\n\n:\n\ndata: 2\n\n:\n\n');
    seen.unsubscribe();
  });

  it('should stop when the client goes, and leave nothing behind', () => {
    const { fake, seen } = sending();
    fake.emit('close');
    expect([seen.completed, event$.observed, fake.listenerCount('close')]).to.deep.equal([true, false, 0]);
    expect(drops).to.equal(0);
  });

  it('should drop a client for which more than 4 MiB wait, once, and no other', () => {
    const [slow, quick] = [sending(), sending()];
    for (let i = 0; i < 4; i++) {
      event$.next('x'.repeat(MEBIBYTE));
      quick.fake.drain();
      expect([slow.fake.destroyed, drops]).to.deep.equal(i < 3 ? [false, 0] : [true, 1]); // what it began with waits, too
    }
    event$.next('more');
    expect([drops, slow.seen.completed, quick.seen.completed, quick.fake.destroyed]).to.deep.equal([1, true, false, false]);
    quick.seen.unsubscribe();
  });

  it('should pass on an error of the events', () => {
    const { seen } = sending();
    event$.error(new Error('no'));
    expect(seen.error).to.have.property('message', 'no');
  });
});
