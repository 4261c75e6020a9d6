import { writeFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Aged } from '../../src/domain/Past.js';
import { formatInstant, parseInstant } from '../../src/domain/instant.js';
import type { Moment } from '../../src/domain/Past.js';
import { arbitraryRecording } from '../support/arbitraryRecording.js';
import { asker, type Asker } from '../support/asker.js';
import {
  deviceOf,
  fleet,
  judgedKinds,
  momentOf,
  recorded,
  slowAnswer,
  slowAnswers,
  slowTrack,
  stretchOf,
  type Recorded,
  type Stretch,
} from '../support/bruteForce.js';
import { jsonOf } from '../support/jsonOf.js';
import { playFile } from '../support/playFile.js';
import { serving } from '../support/serving.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

/** The document, as far as it is looked at for itself. */
interface Described {
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Record<string, Record<string, { readonly operationId: string; readonly tags: readonly string[] }>>;
  readonly components: { readonly schemas: Record<string, { readonly examples?: readonly unknown[] }> };
}

/** What the routes answer, as far as it is looked at here: the document says what each has. */
interface Answer {
  readonly error: string;
  readonly message: string;
  readonly device_id: string;
  readonly devices: readonly string[];
  readonly fixes: readonly object[];
  readonly copies_left_out: number;
  readonly next: string | null;
  readonly from: string | null;
  readonly step_seconds: number;
  readonly changes: readonly number[];
  readonly late: readonly number[];
  readonly duplicate: readonly number[];
  readonly conflict: readonly number[];
  readonly features: readonly { readonly geometry: { readonly type: string }; readonly properties: { readonly time: string } }[];
}

const HEADER = 'time,device_id,lat,lon,speed,event_time';
const optional = (entries: Record<string, string | undefined>) =>
  new URLSearchParams(
    Object.entries(entries).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as [string, string]])),
  ).toString();
const aged = ({ fix, extra, age }: Aged) => jsonOf(fix, extra, age);
const text = (instant: number | undefined) => (instant === undefined ? undefined : formatInstant(instant));
const queryOf = ({ at, by, knownAt, maxAge }: Moment) =>
  optional({ at: text(at), by, known_at: text(knownAt), max_age: maxAge === undefined ? undefined : `${maxAge}ms` });

describe('the API', () => {
  const at = temporaryFolder();
  const log = () => at('log.csv');
  const play = async (recording: string): Promise<Recorded> => {
    writeFileSync(at('input.csv'), recording);
    await playFile(at('input.csv'), log());
    return recorded(recording);
  };

  it('should tell what a search through the recording finds, whatever is asked, as its document says', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRecording, fc.gen(), async (recording, choose) => {
        const past = await play(recording);
        await serving(log(), async (url) => {
          const ask = (await asker(url)) as Asker<Answer>;
          for (let i = 0; i < 4; i++) {
            const [device, moment] = [choose(deviceOf, past), choose(momentOf, past)];
            const told = slowAnswer(past, device, moment);
            const { status, json } = await ask(
              '/api/devices/{device}/fix',
              `api/devices/${encodeURIComponent(device)}/fix?${queryOf(moment)}`,
            );
            if (told.known === 'fix') expect(json).to.deep.equal({ ...aged(told), final_until: null });
            else
              expect([status, json.error]).to.deep.equal([
                404,
                { nothing: 'unknown', 'only later': 'later', 'too old': 'too-old' }[told.known],
              ]);

            const all = await ask('/api/fleet', `api/fleet?${queryOf(moment)}`);
            const known = slowAnswers(past, moment).filter(({ known }) => known === 'fix');
            expect(all.json.fixes).to.deep.equal(known.map(aged));
          }
          expect((await ask('/api/devices', 'api/devices')).json.devices).to.deep.equal(fleet(past));
          expect((await ask('/api/status', 'api/status')).json).to.include({
            rows: past.fixes.length,
            devices: fleet(past).length,
            replaying: false,
            steerable: false,
          });
        });
      }),
      { numRuns: 12 },
    );
  });

  it('should be described by names, each with examples that are as it says', async () => {
    await play('device_fk_id,latitude,longitude,time_stamp,sts,speed\n');
    await serving(log(), async (url) => {
      const document = (await (await fetch(`${url}api/openapi.json`)).json()) as Described;
      const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
      const names = operations.map(({ operationId }) => operationId);
      expect(new Set(names).size).to.equal(operations.length);
      expect(names).to.include.members(['getFix', 'getTrack', 'getTrip', 'getFleet', 'getEvents', 'getStatus', 'postControl']);
      const tags = document.tags.map(({ name }) => name);
      for (const { tags: own } of operations) expect(tags).to.include.members(own);

      const { schemas } = document.components;
      const wanted = ['Fix', 'AgedFix', 'LateFix', 'Fleet', 'Track', 'Trip', 'Event', 'Flush', 'Reset', 'Pace', 'Status', 'Failure'];
      expect(Object.keys(schemas)).to.include.members(wanted);
      const named = JSON.stringify(document);
      for (const name of Object.keys(schemas).filter((name) => name !== 'Event'))
        expect(named).to.include(`"#/components/schemas/${name}"`);
      const ajv = new Ajv2020({ strict: false });
      const withExamples = Object.entries(schemas).filter(([, { examples = [] }]) => examples.length > 0);
      expect(withExamples.map(([name]) => name)).to.include.members(['Fix', 'AgedFix', 'LateFix', 'Flush', 'Pace', 'Failure']);
      for (const [name, { examples = [] }] of withExamples) {
        const validate = ajv.compile({ $ref: `#/components/schemas/${name}`, components: document.components });
        for (const example of examples) expect(validate(example), `${name}: ${ajv.errorsText(validate.errors)}`).to.equal(true);
      }
    });
  });

  it('should give all of a track, page by page, and its ends, as its document says', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRecording, fc.gen(), fc.integer({ min: 1, max: 5 }), async (recording, choose, limit) => {
        const past = await play(recording);
        await serving(log(), async (url) => {
          const ask = (await asker(url)) as Asker<Answer>;
          const [device, stretch] = [choose(deviceOf, past), choose(stretchOf, past)];
          const wanted = slowTrack(past, device, stretch);
          const query = {
            from: text(stretch.from),
            to: text(stretch.to),
            by: stretch.by,
            known_at: text(stretch.knownAt),
            copies: stretch.copies ? '1' : undefined,
          };
          const route = `api/devices/${encodeURIComponent(device)}`;
          const found: object[] = [];
          let leftOut = 0;
          for (let after: string | null | undefined; after !== null; ) {
            const { status, json } = await ask(
              '/api/devices/{device}/track',
              `${route}/track?${optional({ ...query, limit: String(limit), after })}`,
            );
            if (stretch.from !== undefined && stretch.to !== undefined && stretch.from > stretch.to) {
              expect([status, json.error]).to.deep.equal([400, 'bad-request']);
              return;
            }
            if (!fleet(past).includes(device)) {
              expect([status, json.error]).to.deep.equal([404, 'unknown']);
              return;
            }
            expect(json.fixes.length).to.be.at.most(limit);
            found.push(...json.fixes);
            leftOut += json.copies_left_out;
            after = json.next;
          }
          const times = (fixes: readonly object[]) =>
            fixes.map((fix) => [(fix as { time: string }).time, (fix as { event_time: string }).event_time]);
          expect(times(found)).to.deep.equal(wanted.map(({ arrival, event }) => [formatInstant(arrival), formatInstant(event)]));

          const trip = await ask('/api/devices/{device}/trip', `${route}/trip?${optional(query)}`);
          if (wanted.length === 0) expect([trip.status, trip.json.error]).to.deep.equal([404, 'later']);
          else expect(trip.json).to.deep.include({ fixes: wanted.length, first: found[0], last: found.at(-1), copies_left_out: leftOut });
          expect(leftOut).to.equal(slowTrack(past, device, { ...stretch, copies: true }).length - wanted.length);
          const geojson = await ask('/api/devices/{device}/track', `${route}/track?${optional(query)}`, {
            headers: { accept: 'application/geo+json' },
          });
          if (wanted.length === 0) expect([geojson.status, geojson.json.error]).to.deep.equal([404, 'later']);
          else {
            const points = geojson.json.features.filter(({ geometry }) => geometry.type === 'Point');
            expect(points.map(({ properties }) => properties.time)).to.deep.equal(wanted.map(({ arrival }) => formatInstant(arrival)));
          }
        });
      }),
      { numRuns: 12 },
    );
  });

  it('should count the fixes of each kind in bins, of all time or of a stretch, as its document says', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRecording, fc.gen(), async (recording, choose) => {
        const past = await play(recording);
        const kinds = judgedKinds(recording);
        await serving(log(), async (url) => {
          const ask = (await asker(url)) as Asker<Answer>;
          const { from, to, by }: Stretch = choose(stretchOf, past);
          const bins = choose(fc.integer, { min: 2, max: 9 });
          for (const query of [{ by }, { from: text(from), to: text(to), by, bins: String(bins) }]) {
            const { status, json } = await ask('/api/histogram', `api/histogram?${optional(query)}`);
            if ('bins' in query && from !== undefined && to !== undefined && from > to) {
              expect([status, json.error]).to.deep.equal([400, 'bad-request']);
              continue;
            }
            const start = json.from === null ? 0 : parseInstant(json.from)!;
            const step = json.step_seconds * 1e6;
            const counts = { change: json.changes, late: json.late, duplicate: json.duplicate, conflict: json.conflict };
            for (const [kind, found] of Object.entries(counts)) {
              const own = kinds.filter((fix) => fix.kind === kind).map((fix) => Math.floor((fix[by] - start) / step));
              expect(found).to.deep.equal(json.changes.map((_, bin) => own.filter((other) => other === bin).length));
              if (!('bins' in query)) expect(found.reduce((a, b) => a + b, 0)).to.equal(own.length);
            }
            expect(json.changes.length).to.be.at.most('bins' in query ? bins : 600);
          }
        });
      }),
      { numRuns: 12 },
    );
  });

  it('should say which values of a histogram are wrong', async () => {
    writeFileSync(log(), `${HEADER}\n`);
    writeFileSync(at('log.late.csv'), `${HEADER},reason,latest_event_time\n`);
    await serving(log(), async (url) => {
      const ask = (await asker(url)) as Asker<Answer>;
      const wrong = async (query: string) => {
        const { status, json } = await ask('/api/histogram', `api/histogram?${query}`);
        expect([status, json.error]).to.deep.equal([400, 'bad-request']);
        return json.message;
      };
      expect(await wrong('bins=1')).to.include('bins');
      expect(await wrong('bins=2001')).to.include('bins');
      expect(await wrong('bins=1.5')).to.include('bins');
      expect(await wrong('by=time')).to.include('by');
      expect(await wrong('known_at=now')).to.include('known_at');
      expect(await wrong('from=noon')).to.include('from "noon" is not a valid time');
      const empty = await ask('/api/histogram', 'api/histogram');
      expect(empty.json).to.deep.include({ by: 'arrival', from: null, step_seconds: 1, changes: [], late: [], duplicate: [], conflict: [] });
    });
  });

  it('should take any name for a device and none for anything else', async () => {
    const names = ['<script>alert(1)</script>', '../../etc/passwd', '%2F', '%', 'a/b', 'é 🛰', '?x=1#y', '__proto__', 'x'.repeat(4000)];
    writeFileSync(
      log(),
      [HEADER, ...names.map((name) => `2021-10-23T12:00:00.000000Z,"${name}",1,2,,2021-10-23T12:00:00.000000Z`), ''].join('\n'),
    );
    writeFileSync(at('log.late.csv'), `${HEADER},reason,latest_event_time\n`);
    await serving(log(), async (url) => {
      const ask = (await asker(url)) as Asker<Answer>;
      for (const name of names)
        expect((await ask('/api/devices/{device}/fix', `api/devices/${encodeURIComponent(name)}/fix`)).json.device_id).to.equal(name);
      for (const path of [
        'page/..%2f..%2fpackage.json',
        'page/%2e%2e%2fpackage.json',
        '..%2f..%2fetc%2fpasswd',
        'page/__proto__',
        'page/constructor',
      ]) {
        expect([path, (await fetch(url + path)).status]).to.deep.equal([path, 404]);
      }
    });
  });

  it('should compare no device with a long name, which takes long', async () => {
    writeFileSync(
      log(),
      [
        HEADER,
        ...['b', 'xxy', 'a', 'y'.repeat(500)].map((name) => `2021-10-23T12:00:00.000000Z,${name},1,2,,2021-10-23T12:00:00.000000Z`),
        '',
      ].join('\n'),
    );
    writeFileSync(at('log.late.csv'), `${HEADER},reason,latest_event_time\n`);
    await serving(log(), async (url) => {
      const ask = (await asker(url)) as Asker<Answer>;
      const unknown = async (name: string) => (await ask('/api/devices/{device}/fix', `api/devices/${name}/fix`)).json.message;
      expect(await unknown('xxx')).to.match(/: the log knows "xxy", /);
      expect(await unknown('x'.repeat(15_000))).to.match(/: the log knows "a", "b", "xxy", /);
      const bad = await fetch(`${url}api/devices/%zz/fix`);
      expect([bad.status, Object.keys((await bad.json()) as object)]).to.deep.equal([400, ['error', 'message']]);
    });
  });
});
