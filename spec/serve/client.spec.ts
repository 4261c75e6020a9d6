import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { addressOf, lastfix } from '../support/lastfix.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const root = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
/** The command that the papers give. */
const COMMAND = /^npx openapi-typescript (.*)$/m.exec(readFileSync(root('docs/api.md'), 'utf8'))![1]!.split(' ');

/** A program that asks by the generated types, and prints what it is told; what is expected to be an error shows that they are no `any`. */
const CLIENT = (url: string) => `
import type { AgedFix, Event, Failure, Fix, Fleet, Flush, LateFix, Pace, Status, Track, Trip, paths } from './lastfix.mjs';

type Json<P extends keyof paths> = paths[P] extends { get: { responses: { 200: { content: { 'application/json': infer T } } } } } ? T : never;
async function ask<P extends keyof paths>(_: P, path: string): Promise<Json<P>> {
  return (await (await fetch('${url}' + path)).json()) as Json<P>;
}

const fleet: Fleet = await ask('/api/fleet', 'api/fleet?at=2021-10-23T12:30:40Z');
const oldest: AgedFix = fleet.fixes.reduce((a, b) => (a.age_seconds > b.age_seconds ? a : b));
const track: Track = await ask('/api/devices/{device}/track', 'api/devices/8250/track');
const first: Fix = track.fixes[0]!;
const trip: Trip = await ask('/api/devices/{device}/trip', 'api/devices/8250/trip');
const status: Status = await ask('/api/status', 'api/status');
const failure = (await (await fetch('${url}api/devices/825/fix')).json()) as Failure;
const why: 'unknown' | 'later' | 'too-old' | undefined = failure.error === 'unknown' ? failure.error : undefined;

let flush: Flush | undefined;
for await (const event of events()) {
  switch (event.event) {
    case 'flush': flush = event.data; break;
    case 'reset': console.error(event.id.length); break; // all comes anew
    case 'pace': { const { paused }: Pace = event.data; if (paused) throw new Error('paused'); break; }
  }
  if (flush) break;
}
const late: readonly LateFix[] = flush!.late;

// @ts-expect-error it is a number
const wrong: string = first.lat;
// @ts-expect-error there is no such word
const never = failure.error === 'nothing';

console.log(JSON.stringify([oldest.device_id, first.device_id, first.speed, trip.distance_metres > 0, status.devices, why, late.map(({ reason }) => reason).every((reason) => reason === 'late' || reason === 'duplicate' || reason === 'conflict'), flush!.changes.length > 0]), wrong, never);

async function* events(): AsyncGenerator<Event> {
  const { body } = await fetch('${url}api/events?after=0-0-0');
  const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (let text = ''; ; ) {
      const { value, done } = await reader.read();
      if (done) return;
      const parts = (text + value).split('\\n\\n');
      text = parts.pop()!;
      for (const part of parts) {
        const fields = Object.fromEntries(part.split('\\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
        if (fields['data'] !== undefined) yield { ...fields, data: JSON.parse(fields['data']) } as Event;
      }
    }
  } finally {
    await reader.cancel();
  }
}
`;

describe('a generated client', () => {
  const at = temporaryFolder();
  before(() => {
    for (const kind of ['', '.late']) copyFileSync(root(`fixtures/minute.expected/output_stream${kind}.csv`), at(`log${kind}.csv`));
  });
  const run = (args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: at(), encoding: 'utf8', timeout: 240_000 });
    expect(status, stdout + stderr).to.equal(0);
    return stdout;
  };

  it('should have types of its own for fixes, answers and events, and use them', async () => {
    const { status } = await lastfix(['serve', 'log.csv', '--port', '0'], at(), async (child) => {
      const url = await addressOf(child);
      const args = COMMAND.map((word) => word.replace('http://127.0.0.1:8017/', url).replace('lastfix.ts', 'lastfix.mts'));
      run([root('node_modules/openapi-typescript/bin/cli.js'), ...args]);
      writeFileSync(at('client.mts'), CLIENT(url));
      const strict = ['--strict', '--noUncheckedIndexedAccess', '--exactOptionalPropertyTypes'];
      const modern = ['--module', 'nodenext', '--target', 'es2023', '--lib', 'es2023,dom,dom.asynciterable', '--types', ''];
      run([root('node_modules/@typescript/native/bin/tsc'), ...strict, ...modern, 'client.mts']);
      expect(run(['client.mjs'])).to.match(/^\["\w+","8250",[\d.]+,true,4,"unknown",true,true\] /);
      child.kill('SIGINT');
    });
    expect(status).to.equal(0);
  });
});
