import { expect } from 'chai';
import { Outages } from '../../src/send/Outages.js';

const DOWN = 'http://other/ takes nothing: connect ECONNREFUSED; trying again until it does';

describe('Outages', () => {
  let now: number;
  let said: (readonly [at: number, line: string])[];
  let outages: Outages;
  beforeEach(() => {
    [now, said] = [0, []];
    outages = new Outages('http://other/', (line) => said.push([now, line]), () => now);
  });
  const failed = (at: number) => {
    now = at;
    outages.failed('connect ECONNREFUSED');
  };
  const answered = (at: number) => {
    now = at;
    outages.answered();
  };

  it('should say an outage once, and that it is over', () => {
    for (const at of [100, 200, 30_000]) failed(at);
    for (const at of [31_100, 32_000]) answered(at);
    expect(said).to.deep.equal([
      [100, DOWN],
      [31_100, 'http://other/ answers again, after 31.0 s'],
    ]);
  });

  it('should not say one that comes soon after another and is soon over', () => {
    failed(0);
    answered(1000);
    for (const at of [2000, 5000]) failed(at);
    answered(9000);
    expect(said.map(([at]) => at)).to.deep.equal([0, 1000]);
  });

  it('should say one that comes soon after another, and lasts', () => {
    failed(0);
    answered(1000);
    for (const at of [2000, 9999, 10_000, 20_000]) failed(at);
    answered(60_000);
    expect(said.slice(2)).to.deep.equal([
      [10_000, DOWN],
      [60_000, 'http://other/ answers again, after 58.0 s'],
    ]);
  });
});
