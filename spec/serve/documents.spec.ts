import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { formatInstant, type Fix } from '../../src/index.js';
import { recorded, slowAnswers, slowTrack } from '../support/bruteForce.js';
import { lastfix } from '../support/lastfix.js';
import { playFile } from '../support/playFile.js';
import { serving } from '../support/serving.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const START = Date.UTC(2021, 9, 23, 12);
const at = (second: number) => new Date(START + second * 1000).toISOString();
const DEVICES = ['7', '007', 'é & "<b>", 1', 'a/b'];
const FIXES = 3000; // more than a page of any kind
/** Fixes of all devices, every third late, every seventh again. */
const RECORDING = `device_fk_id,latitude,longitude,time_stamp,sts,speed,note\n${Array.from({ length: FIXES }, (_, i) => {
  const event = i % 3 === 0 ? i - 40 : i % 7 === 0 ? i - 1 : i;
  const id = `"${DEVICES[i % 9 < 5 ? 0 : i % DEVICES.length]!.replaceAll('"', '""')}"`;
  return `${id},${(10 + i / 1e4).toFixed(4)},${(70 + i / 1e4).toFixed(4)},${at(event)},${at(i)},${i % 5 === 0 ? '' : `${i}.50`},"n ""${i}"""\n`;
}).join('')}`;
const TYPES = {
  csv: 'text/csv',
  geojson: 'application/geo+json',
  gpx: 'application/gpx+xml',
  kml: 'application/vnd.google-earth.kml+xml',
} as const;
type Format = keyof typeof TYPES;
const FORMATS = Object.keys(TYPES) as Format[];

describe('the documents of the API', () => {
  const folder = temporaryFolder();
  const log = () => folder('log.csv');

  before(async () => {
    writeFileSync(folder('in.csv'), RECORDING);
    await playFile(folder('in.csv'), log());
  });

  const queried = async (args: readonly string[], format: Format) => {
    const { stdout, status, stderr } = await lastfix(['query', ...args, '--output', 'log.csv', '--format', format], folder());
    expect(status, stderr).to.equal(0);
    return stdout;
  };
  const answered = async (url: string, path: string, parameters: Readonly<Record<string, string>>, accept?: string) => {
    const response = await fetch(new URL(`${path}?${new URLSearchParams(parameters).toString()}`, url), {
      headers: accept === undefined ? {} : { accept },
    });
    return { status: response.status, type: response.headers.get('content-type')!.split(';')[0]!, text: await response.text() };
  };
  const trackOf = (device: string) => `api/devices/${encodeURIComponent(device)}/track`;

  for (const format of FORMATS) {
    it(`should give the fleet as ${format}: what \`lastfix query --all\` writes, byte for byte`, async () => {
      await serving(log(), async (url) => {
        for (const by of ['arrival', 'event'] as const) {
          const moment = at(1777);
          const { status, type, text } = await answered(url, 'api/fleet', { at: moment, by, format });
          expect([status, type]).to.deep.equal([200, TYPES[format]]);
          expect(text).to.equal(await queried(['--all', moment, '--by', by], format));
        }
        const accepted = await answered(url, 'api/fleet', {}, `text/html;q=0.1, ${TYPES[format]}, application/json;q=0.9`);
        expect(accepted.text).to.equal(await queried(['--all'], format));
      });
    });

    it(`should give all of a track as ${format}: what \`lastfix query\` writes, byte for byte`, async () => {
      await serving(log(), async (url) => {
        const [from, to, knownAt] = [at(100), at(2900), at(2000)];
        for (const [device, parameters, args] of [
          ['7', { from, known_at: knownAt }, ['--from', from, '--known-at', knownAt]],
          ['7', { from, to, by: 'arrival' }, ['--from', from, '--to', to, '--by', 'arrival']],
          [DEVICES[2]!, { to, copies: '1' }, ['--to', to, '--copies']],
        ] as const) {
          const { status, type, text } = await answered(url, trackOf(device), { ...parameters, format });
          expect([status, type]).to.deep.equal([200, TYPES[format]]);
          expect(text === (await queried([device, ...args], format)), `${device} ${args.join(' ')}`).to.equal(true);
        }
      });
    });
  }

  it('should have all that a search through the recording finds', async () => {
    const past = recorded(RECORDING);
    await serving(log(), async (url) => {
      const rows = (text: string) =>
        parse<Record<string, string>>(text, { columns: true }).map(({ event_time, lat, note }) => ({ event_time, lat, note }));
      const expected = ({ event, latitude, extra: [note] }: Fix) => ({ event_time: formatInstant(event), lat: latitude, note });
      for (const by of ['arrival', 'event'] as const) {
        const fleet = await answered(url, 'api/fleet', { at: at(1777), by, format: 'csv' });
        const answers = slowAnswers(past, { at: (START + 1777_000) * 1000, by });
        expect(rows(fleet.text)).to.deep.equal(answers.map(({ fix }) => expected(fix)));
      }
      const track = await answered(url, trackOf('7'), { from: at(100), known_at: at(2000), format: 'csv' });
      const fixes = slowTrack(past, '7', { by: 'event', from: (START + 100_000) * 1000, knownAt: (START + 2_000_000) * 1000 });
      expect(rows(track.text)).to.deep.equal(fixes.map(expected));
    });
  });

  it('should be chosen by format before Accept, and by the quality of what is accepted', async () => {
    await serving(log(), async (url) => {
      const types = async (accept: string, query = '') => {
        const found: (string | null)[] = [];
        for (const path of ['fleet', 'devices/7/track']) {
          const { headers } = await fetch(`${url}api/${path}${query}`, { headers: { accept } });
          expect(headers.get('vary')).to.equal('Accept');
          found.push(headers.get('content-type')!.split(';')[0]!);
        }
        expect(found[0]).to.equal(found[1]);
        return found[0];
      };
      expect(await types('*/*')).to.equal('application/json');
      expect(await types('text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8')).to.equal('application/json');
      expect(await types('application/gpx+xml;q=0.5, text/csv;q=0.8')).to.equal('text/csv');
      expect(await types('application/json;q=0, application/*')).to.equal('application/geo+json');
      expect(await types('text/csv', '?format=kml')).to.equal('application/vnd.google-earth.kml+xml');
      expect(await types('image/png', '?format=json')).to.equal('application/json');
    });
  });

  it('should say what there is if nothing of it is accepted', async () => {
    await serving(log(), async (url) => {
      for (const path of ['fleet', 'devices/7/track']) {
        const refused = await fetch(`${url}api/${path}`, { headers: { accept: 'image/png' } });
        expect([refused.status, await refused.json()]).to.deep.equal([
          406,
          {
            error: 'not-acceptable',
            message:
              'Accept "image/png" matches none of the formats: application/json (format=json), text/csv (format=csv), application/geo+json (format=geojson), application/gpx+xml (format=gpx), application/vnd.google-earth.kml+xml (format=kml)',
          },
        ]);
      }
      const unknown = await fetch(`${url}api/fleet?format=xlsx`);
      expect([unknown.status, ((await unknown.json()) as { message: string }).message]).to.deep.equal([
        400,
        'format "xlsx" is not one of json, csv, geojson, gpx, kml: see /api/openapi.json',
      ]);
    });
  });

  it('should have a name that is safe on any disk', async () => {
    await serving(log(), async (url) => {
      const disposition = async (path: string) => (await fetch(`${url}api/${path}`)).headers.get('content-disposition');
      expect(await disposition('fleet')).to.equal(null);
      expect(await disposition('fleet?format=csv&at=2021-10-23T12:30:05.5Z')).to.equal(
        `attachment; filename="fleet-2021-10-23T12-30-05.5Z.csv"; filename*=UTF-8''fleet-2021-10-23T12-30-05.5Z.csv`,
      );
      const track = trackOf(DEVICES[2]!).slice(4);
      expect(await disposition(`${track}?format=gpx`)).to.equal(
        `attachment; filename="__b_1-track.gpx"; filename*=UTF-8''%C3%A9_b_1-track.gpx`,
      );
      for (const end of ['to', 'known_at'])
        expect(await disposition(`${track}?format=kml&${end}=2021-10-23T12:50:00Z`)).to.include(`''%C3%A9_b_1-track-2021-10-23T12-50-00Z.kml`);
    });
  });

  it('should say why there is none, or which value is wrong', async () => {
    await serving(log(), async (url) => {
      const failed = async (path: string, parameters: Readonly<Record<string, string>>) => {
        const { status, text } = await answered(url, path, parameters);
        return [status, (JSON.parse(text) as { message: string }).message];
      };
      expect(await failed(trackOf('7'), { format: 'gpx', limit: '10' })).to.deep.equal([
        400,
        'limit does not go with the format gpx, which has all of the track: leave it out',
      ]);
      expect(await failed(trackOf('7'), { format: 'kml', from: at(9000) })).to.deep.equal([
        404,
        'device "7" has no fix between from and to',
      ]);
      expect(await failed(trackOf('8'), { format: 'csv' })).to.deep.equal([
        404,
        'unknown device "8": the log knows "7", "007", "a/b", "é & \\"<b>\\", 1"',
      ]);
      expect(await failed('api/fleet', { format: 'xml' })).to.deep.equal([
        400,
        'format "xml" is not one of json, csv, geojson, gpx, kml: see /api/openapi.json',
      ]);
    });
  });

  it('should stop in the midst of a document when its client goes', async () => {
    await serving(log(), async (url) => {
      for (const path of [`${trackOf('7')}?format=csv`, 'api/fleet?format=csv']) {
        const request = get(`${url}${path}`, { agent: false });
        const [response] = (await once(request, 'response')) as [IncomingMessage];
        response.on('error', () => undefined);
        response.destroy();
        await once(response, 'close');
      }
      expect((await answered(url, 'api/fleet', {})).status).to.equal(200);
    });
  });
});
