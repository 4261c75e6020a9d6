import { expect } from 'chai';
import { FAULTS } from '../torture/stream/FAULTS.js';
import { tortureStream } from '../torture/stream/tortureStream.js';

describe('brokers, a database, workers and a gateway', () => {
  it('should have each fix once, judged and told, whatever is struck meanwhile (npm run torture -- --stream has more)', async () => {
    const named = (part: string) => FAULTS.find(({ name }) => name.includes(part))!;
    const first = ['a worker is killed', 'the leader', 'the database stops', 'the gateway', 'Mosquitto', 'the publisher'];
    const second = ['stands still', 'two of three', 'restored', 'the server'];
    let rows = 0;
    const survived = (_: unknown, found: { readonly rows: number }) => (rows = found.rows);
    await tortureStream(1, { rounds: [first, second].map((names) => names.map(named)), rows: 1000, seconds: 2, survived });
    expect(rows).to.be.above(2000);
  });
});
