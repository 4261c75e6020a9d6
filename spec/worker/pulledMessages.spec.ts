import { headers, type Msg } from '@nats-io/transport-node';
import { expect } from 'chai';
import { pulledMessages } from '../../src/worker/pulledMessages.js';

const PLACE = '_INBOX.own';
const KIB = 1024;
const message = (delivery: number, bytes = 10): Msg =>
  ({ subject: 'gps.0', reply: `$JS.ACK.gps.own.1.${100 + delivery}.${delivery}.1635033597000000000.0`, data: new Uint8Array(bytes) }) as Msg;
const status = (code: number): Msg => ({ subject: PLACE, headers: headers(code, 'said'), data: new Uint8Array() }) as Msg;
const [NOTHING, EXPIRED, ALIVE, NO_CONSUMER] = [404, 408, 100, 409].map(status) as [Msg, Msg, Msg, Msg];

describe('pulledMessages', () => {
  /** What it gives of what comes, by their places in the stream, and how many it has asked for each time. */
  const pulled = async (coming: readonly Msg[], enough = Infinity) => {
    const [left, asked, given] = [[...coming], [] as number[], [] as (number | undefined)[]];
    const inbox = { place: PLACE, next: () => Promise.resolve(left.shift()) };
    const ask = (request: object) => { asked.push((request as { batch: number }).batch); };
    for await (const one of pulledMessages(inbox, ask, new AbortController().signal)) if (given.push(one?.info.seq) === enough) break;
    return { given, asked, left: left.length };
  };

  it('should give messages in order, until its server is silent', async () => {
    expect(await pulled([message(1), ALIVE, message(2), ALIVE, ALIVE])).to.deep.include({ given: [101, 102], left: 0 });
  });

  it('should ask again when that is over, and say so where nothing came', async () => {
    const { given, asked } = await pulled([message(1), EXPIRED, EXPIRED, NOTHING, message(2)]);
    expect(given).to.deep.equal([101, undefined, undefined, 102]);
    expect(asked).to.have.length(4);
  });

  it('should ask for a MiB at a time, by the messages before, and for 256 messages at most', async () => {
    const large = Array.from({ length: 40 }, (_, i) => message(i + 1, 512 * KIB));
    const { asked } = await pulled([...large, ...Array.from({ length: 3000 }, (_, i) => message(i + 41, 10))]);
    expect(asked.slice(0, 2)).to.deep.equal([16, 2]);
    expect(asked.at(-1)).to.equal(256);
  });

  it('should end where a message was lost, or its server says that it cannot go on', async () => {
    expect(await pulled([message(1), message(3), message(4)])).to.deep.include({ given: [101], left: 1 });
    expect(await pulled([message(1), NO_CONSUMER, message(2)])).to.deep.include({ given: [101], left: 1 });
  });

  it('should take no more than is asked of it', async () => {
    expect(await pulled([message(1), message(2), message(3)], 2)).to.deep.include({ given: [101, 102], left: 1 });
  });
});
