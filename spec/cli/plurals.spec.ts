import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { lastfix } from '../support/lastfix.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const HEADER = 'device_fk_id,latitude,longitude,time_stamp,sts,speed\n';
const row = (device: string, event: string, arrival: string) => `${device},1,2,2021-10-23T${event}Z,2021-10-23T${arrival}Z,3\n`;

describe('what is counted', () => {
  const at = temporaryFolder();
  before(() => {
    writeFileSync(at('one.csv'), HEADER + row('a', '12:00:00', '10:00:00'));
    writeFileSync(at('two.csv'), `${HEADER}${row('a', '10:00:02', '10:00:01.0001')}${row('a', '10:00:00', '10:00:01')}nothing\n`);
    writeFileSync(at('three.csv'), `${HEADER}${row('a', '10:00:02', '10:00:02')}${row('b', '08:00:00', '08:00:00')}`);
  });

  for (const name of ['one', 'two', 'three']) {
    it(`should be in the plural if it is several, and not if it is one: ${name}.csv`, async () => {
      const told: string[] = [];
      for (const args of [
        ['replay', `${name}.csv`, '--rate', 'max', '--output', 'log.csv'],
        ['replay', `${name}.csv`, '--rate', 'max', '--output', 'log.csv', '--resume'],
        ['check', `${name}.csv`],
        ['check', `${name}.csv`, '--rate', '1', '--max-gap', '1s'],
        ['query', 'a', '--output', 'log.csv', '--explain', '--by', 'event'],
        ['query', 'a', '--output', 'log.csv', '--explain'],
        ['query', 'a', '--output', 'log.csv', '--to', 'now'],
        ['query', '--all', '--output', 'log.csv', '--max-age', '1s'],
        ['query', 'x', '--output', 'log.csv'],
      ]) {
        const { stdout, stderr } = await lastfix(args, at());
        told.push(stdout, stderr);
      }
      const text = told.join('\n');
      expect(text).to.match(/\bfix\b/);
      expect(text.match(/.*(?<![\d.,:])1 (?:fixes|devices|rows|pages|bytes|columns|files|seconds|minutes|hours|days)\b/g)).to.equal(null);
      expect(text.match(/.*(?<![\d.,:])(?:0|[2-9]|\d{2,}) (?:fix|device|row|page|byte|column|file|second|minute|hour|day)\b/g)).to.equal(
        null,
      );
    });
  }
});
