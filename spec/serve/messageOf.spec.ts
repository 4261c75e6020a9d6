import { expect } from 'chai';
import fc from 'fast-check';
import type { Appended, LateFix, NamedFix } from '../../src/domain/Appended.js';
import { finish } from '../../src/domain/finish.js';
import { messageOf } from '../../src/serve/Message.js';
import { arbitraryFixes } from '../support/arbitraryFixes.js';
import { jsonOf } from '../support/jsonOf.js';

const NOON = Date.UTC(2021, 9, 23, 12) * 1000;
const times = fc.integer({ min: NOON, max: NOON + 9_000_000 });
const until = fc.option(times, { nil: undefined });

/** An event as a client reads it. */
function read(bytes: Buffer): Record<string, string> {
  const text = bytes.toString();
  expect(text).to.match(/^[^\n]+\n[^\n]+\n[^\n]+\n\n$/);
  return Object.fromEntries(text.trim().split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
}

describe('messageOf', () => {
  it('should be an event that says all that was appended, and after which to go on', () => {
    fc.assert(
      fc.property(arbitraryFixes({ extra: 2, times, minLength: 1 }), fc.nat(), fc.nat(), until, (fixes, cut, other, finalUntil) => {
        const named = fixes.map((fix) => ({ fix, extra: ['one', 'other'] }));
        const [at, to] = [cut % (fixes.length + 1), other % (fixes.length + 1)].sort((a, b) => a - b) as [number, number];
        const lateFix = (one: NamedFix): LateFix => ({ ...one, reason: 'late', latestEventTime: 'then' });
        const [late, corrected] = [named.slice(at, to).map(lateFix), named.slice(to).map(lateFix)];
        const appended: Appended = { type: 'rows', from: 'a', to: 'b-1', changes: named.slice(0, at), late, corrected, finalUntil, isFull: false };
        const message = finish(messageOf(appended));
        expect(message).to.deep.include(appended);
        const { event, id, data } = read(message.bytes);
        expect([event, id]).to.deep.equal(['flush', 'b-1']);
        const last = Math.max(...fixes.map(({ arrival }) => arrival));
        expect(JSON.parse(data!)).to.deep.equal({
          stream_time: jsonOf({ ...fixes[0]!, arrival: last }, [])['time'],
          final_until: finalUntil === undefined ? null : jsonOf({ ...fixes[0]!, arrival: finalUntil }, [])['time'],
          changes: named.slice(0, at).map(({ fix, extra }) => jsonOf(fix, extra)),
          late: late.map(({ fix, extra }) => ({ ...jsonOf(fix, extra), reason: 'late', latest_event_time: 'then' })),
          corrected: corrected.map(({ fix, extra }) => ({ ...jsonOf(fix, extra), reason: 'late', latest_event_time: 'then' })),
        });
      }),
    );
  });

  it('should be no event where nothing is left of what was committed, and yet say after which to go on', () => {
    const appended: Appended = { type: 'rows', from: 'a', to: 'b-1', changes: [], late: [], corrected: [], isFull: false };
    expect(finish(messageOf(appended)).bytes.toString()).to.equal('id: b-1\n\n');
  });

  it('should say that another log has taken the place of the one before', () => {
    const reset: Appended = { type: 'reset', from: 'a', to: '0', changes: [], late: [], isFull: true };
    expect(read(finish(messageOf(reset)).bytes)).to.deep.equal({ event: 'reset', id: '0', data: '{}' });
  });
});
