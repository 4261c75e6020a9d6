import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { expectStore, storeModel } from '../../support/storeModel.js';
import { expectLedger } from './expectLedger.js';
import { messagesOf, type RawMessage } from './messagesOf.js';
import { rowsIn, type StreamedRow } from './rowsIn.js';
import { STREAM, type Scene } from './Scene.js';

const PATIENCE = 60_000;
const PLACES = 2 ** 40;

/** What was found to be right. */
export interface Found {
  readonly rows: number;
  readonly commits: number;
}

/**
 * Makes sure that a scene that has come to rest has all that was acknowledged: the stream each fix as it was sent, the store
 * each row of the stream once and judged as if all had come in their order, its commits no gap, and the client of events was
 * told each row's last verdict.
 *
 * @throws Error or AssertionError that says what is wrong
 */
export async function expectScene({ cluster, database, ledger, events }: Scene): Promise<Found> {
  const { rows, rejected } = streamed(await messagesOf(cluster.addresses, STREAM));
  expectLedger(ledger, rows);
  expect(rejected, 'rejected rows in the stream').to.equal(ledger.rejected);

  const { rows: sources } = await database.query<{ source: number; name: string }>('select source, name from lastfix.sources');
  const numbers = new Map(sources.map(({ source, name }) => [name, source]));
  const stored = rows.map(({ source, place, ...row }) => ({ ...row, seq: numbers.get(source)! * PLACES + place }));
  await expectStore(database, stored);
  const { rows: [head] } = await database.query<{ pos: number; commits: number; last: number; rejected: number; kept: number }>(
    `select pos, (select count(*) from lastfix.commits)::int8 as commits, (select max(pos) from lastfix.commits) as last,
      rejected, (select count(*) from lastfix.rejected)::int8 as kept from lastfix.head`,
  );
  const { pos, commits } = head!;
  expect(head, 'commits without a gap, and rejected rows').to.deep.equal({ pos, commits: pos, last: pos, rejected, kept: rejected });
  await expectTold(events.told, storeModel(stored).rows.map((row) => [`${(row[8] as { nr: string }).nr} ${row[1]}`, row.at(-1) as string]));
  return { rows: stored.length, commits };
}

/** Each row that a stream has, once: the same identity twice has to be the same fix. */
function streamed(messages: readonly RawMessage[]): { readonly rows: readonly StreamedRow[]; readonly rejected: number } {
  const { rows, rejected } = rowsIn(messages);
  const unique = new Map<string, StreamedRow>();
  for (const row of rows) {
    const key = JSON.stringify([row.source, row.place, row.device, row.arrival]);
    const before = unique.get(key);
    if (before && JSON.stringify(before) !== JSON.stringify(row)) throw new Error(`two fixes are one: ${JSON.stringify([before, row])}`);
    unique.set(key, row);
  }
  return { rows: [...unique.values()], rejected };
}

/** Waits until a client was told what it should, which it polls for. */
async function expectTold(told: ReadonlyMap<string, string>, should: readonly (readonly [key: string, verdict: string])[]): Promise<void> {
  const wrong = () => should.filter(([key, verdict]) => told.get(key) !== verdict);
  const deadline = performance.now() + PATIENCE;
  while (told.size !== should.length || wrong().length > 0) {
    if (performance.now() > deadline) {
      const [first] = wrong();
      throw new Error(`a client was told ${told.size} rows of ${should.length}, ${wrong().length} wrong or missing, such as ${String(first)}: ${first && told.get(first[0])}`);
    }
    await wait(100);
  }
}
