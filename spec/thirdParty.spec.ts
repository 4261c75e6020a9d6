import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const read = (path: string) => readFileSync(root(path), 'utf8');

/** What the bundles are made from besides the sources, by their maps, and what stands beside the page as it is. */
const COPIED = ['leaflet', 'uplot', 'world-atlas', '@fontsource-variable/inter'];
/** Packages that bring no text of their licence, and the one by the same people whose text stands for it. */
const WITHOUT_TEXT: Readonly<Record<string, string>> = { '@protomaps/basemaps': 'protomaps-leaflet', pmtiles: 'protomaps-leaflet' };
const maps = ['cli', 'page'].flatMap((folder) =>
  readdirSync(root(`dist/bundle/${folder}`))
    .filter((name) => name.endsWith('.map'))
    .map((name) => `dist/bundle/${folder}/${name}`),
);
const sources = maps.flatMap((path) => (JSON.parse(read(path)) as { sources: string[] }).sources);
const bundled = new Set([...COPIED, ...sources.flatMap((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? [])]);

describe('THIRD-PARTY.txt', () => {
  const text = read('dist/bundle/THIRD-PARTY.txt');

  it('should be of what the maps name', () => {
    expect(maps).to.include('dist/bundle/page/page.js.map').and.to.have.length.greaterThan(10);
    expect([...bundled]).to.include.members(['rxjs', 'date-fns', 'fastest-levenshtein', 'topojson-client', ...COPIED]);
  });

  for (const name of bundled) {
    it(`should have the licence of ${name}`, () => {
      const { version, license } = JSON.parse(read(`node_modules/${name}/package.json`)) as { version: string; license: string };
      expect(text).to.include(`\n${name} ${version} (${license})\n`);
      const of = WITHOUT_TEXT[name] ?? name;
      const licences = readdirSync(root(`node_modules/${of}`)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
      expect(licences).not.to.deep.equal([]);
      const own = text.slice(text.indexOf(`\n${name} ${version} (${license})\n`)).split('='.repeat(80))[0]!;
      for (const file of licences) expect(own).to.include(read(`node_modules/${of}/${file}`).trim());
    });
  }

  it('should name where the land is from, and nothing that is not bundled but the runtime of the bundler', () => {
    expect(text).to.match(/Natural Earth.*public domain/);
    const named = [...text.matchAll(/^={70,}\n(\S+) \d/gm)].map(([, name]) => name!);
    expect(named).to.have.members([...bundled, 'rolldown']);
  });

  it('should be in the package', () => {
    const [{ files }] = JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
        cwd: root(''),
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    ) as [{ files: { path: string }[] }];
    const packed = files.map(({ path }) => path);
    expect(packed).to.include.members(['LICENSE', 'dist/bundle/THIRD-PARTY.txt', 'dist/bundle/page/page.js.gz']);
    expect(packed).not.to.include('dist/bundle/page/page.js.map');
  });
});
