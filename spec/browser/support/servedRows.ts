import { expect } from 'chai';
import { writeFileSync } from 'node:fs';
import { lastfix } from '../../support/lastfix.js';
import { serving, type Serving } from './serving.js';

/** Serves the finished log of a few rows. @param at joins names to the folder in which it is made, as `NAME/log.csv` */
export async function servedRows(at: (...names: readonly string[]) => string, name: string, rows: readonly string[]): Promise<Serving> {
  writeFileSync(at(`${name}.csv`), `device_fk_id,latitude,longitude,time_stamp,sts,speed\n${rows.join('\n')}\n`);
  const { status, stderr } = await lastfix(['replay', `${name}.csv`, '--rate', 'max', '--output', `${name}/log.csv`], at());
  expect(status, stderr).to.equal(0);
  return serving(['serve', '--output', `${name}/log.csv`], at());
}
