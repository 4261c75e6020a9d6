import { expect } from 'chai';
import { Dice } from '../../src/generate/Dice.js';
import { formatInstant } from '../../src/domain/instant.js';
import { commitRows } from '../../src/store/commitRows.js';
import { commitSql } from '../../src/store/commitSql.js';
import { forget } from '../../src/store/forget.js';
import { openSchema } from '../../src/store/openSchema.js';
import { SqlPast } from '../../src/store/past/SqlPast.js';
import { rowsByChance } from '../support/arbitraryStoreRows.js';
import { pglite } from '../support/pglite.js';

describe('forget', () => {
  const database = pglite();

  it('should keep every answer about the moment and later, and delete all that no such answer needs', async () => {
    await openSchema(database(), { shown: 'postgres://here/db', writes: true });
    const dice = new Dice(7);
    const rows = rowsByChance(dice, 600).map((row) => ({ ...row, event: Math.min(row.event, row.arrival) })); // no clock is ahead
    const committing = { rows, rejected: [], source: 1, places: { from: 0, to: 0 }, worker: 'spec' };
    await database().writing((queries) => commitRows(queries, commitSql('"lastfix"'), committing, () => false));
    const arrivals = rows.map(({ arrival }) => arrival).sort((a, b) => a - b);
    const before = arrivals[300]!;
    const past = new SqlPast(database(), { schema: 'lastfix' });
    const moments = Array.from({ length: 60 }, () => ({
      device: dice.one(rows).device,
      at: dice.one(arrivals.slice(300)),
      by: dice.one(['event', 'arrival'] as const),
    }));
    const answers = async () => {
      const all = [];
      for (const { device, ...moment } of moments) all.push(await past.newest(device, moment));
      return all;
    };
    const was = await answers();
    const devices = new Set(rows.filter(({ arrival }) => arrival < before).map(({ device }) => device));

    const deleted = await forget(database(), 'lastfix', before);

    expect(await answers()).to.deep.equal(was);
    const { rows: [left] } = await database().query<{ old: number; all: number }>(
      `select count(*) filter (where arrival < '${formatInstant(before)}')::int as old, count(*)::int as all from lastfix.fixes`,
    );
    expect(left).to.deep.equal({ old: devices.size, all: rows.length - deleted });
    expect(await forget(database(), 'lastfix', before)).to.equal(0);
  });
});
