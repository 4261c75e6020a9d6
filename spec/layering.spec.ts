import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const SRC = fileURLToPath(new URL('../../src', import.meta.url));

/** The folders of src, and what each may import: its own, these, and these packages. */
const ALLOWED: Record<string, readonly string[]> = {
  domain: [],
  csv: [
    'csv-parse',
    'node:buffer',
    'node:crypto',
    'node:fs',
    'node:module',
    'node:path',
    'node:process',
    'node:stream',
    'node:util',
    'node:zlib',
  ],
  rx: ['rxjs', 'node:timers', 'node:os', 'node:stream'],
  live: ['domain', 'rx', 'rxjs'],
  query: ['domain', 'fastest-levenshtein', 'rxjs'],
  lookup: ['csv', 'domain', 'fs-native-extensions', 'node:crypto', 'node:fs', 'node:timers', 'node:zlib'],
  tail: ['csv', 'domain', 'log', 'lookup', 'rx', 'rxjs', 'node:fs', 'node:zlib'],
  history: ['csv', 'domain', 'log', 'lookup', 'rx', 'tail', 'rxjs', 'node:fs'],
  send: ['csv', 'domain', 'live', 'log', 'report', 'rx', 'mqtt', 'rxjs', 'node:crypto', 'node:http', 'node:https'],
  store: ['csv', 'domain', 'live', 'rx', 'rxjs', 'pg', 'pgpass', 'node:crypto', 'node:fs', 'node:net', 'node:os', 'node:process', 'node:tls'],
  stream: ['csv', 'domain', 'live', 'recording', 'rx', 'send', 'rxjs', '@nats-io', 'node:buffer', 'node:crypto', 'node:fs', 'node:net', 'node:tls', 'node:zlib'],
  gateway: [
    'csv',
    'domain',
    'recording',
    'rx',
    'send',
    'serve',
    'stream',
    'lossless-json',
    'mqtt',
    'rxjs',
    'node:buffer',
    'node:crypto',
    'node:events',
    'node:http',
    'node:net',
  ],
  worker: ['csv', 'domain', 'recording', 'rx', 'send', 'store', 'stream', '@nats-io', 'rxjs', 'node:buffer'],
  formats: ['csv', 'domain', 'log', 'rxjs'],
  report: ['domain', 'rxjs', 'node:perf_hooks'],
  check: ['domain', 'live', 'report', 'rxjs'],
  recording: [
    'csv',
    'domain',
    '@e965',
    'fzstd',
    'hyparquet',
    'lossless-json',
    'sax',
    'yauzl',
    'node:buffer',
    'node:crypto',
    'node:fs',
    'node:os',
    'node:path',
    'node:stream',
    'node:zlib',
  ],
  log: [
    'csv',
    'domain',
    'live',
    'lookup',
    'rx',
    'rxjs',
    'fs-native-extensions',
    'node:crypto',
    'node:fs',
    'node:os',
    'node:path',
    'node:process',
    'node:timers',
    'node:zlib',
  ],
  generate: ['csv', 'domain', 'pure-rand'],
  'pipeline.ts': ['domain', 'live', 'rx', 'rxjs'],
  'index.ts': [
    'pipeline.ts',
    'check',
    'csv',
    'domain',
    'generate',
    'history',
    'live',
    'log',
    'lookup',
    'query',
    'recording',
    'report',
    'rx',
    'send',
  ],
  serve: [
    'csv',
    'domain',
    'formats',
    'history',
    'live',
    'log',
    'lookup',
    'query',
    'report',
    'rx',
    'store',
    'tail',
    '@fastify',
    'fastify',
    'rxjs',
    'node:crypto',
    'node:fs',
    'node:http',
    'node:net',
    'node:path',
    'node:stream',
    'node:url',
    'node:zlib',
  ],
  page: ['domain', 'leaflet', 'pmtiles', 'protomaps-leaflet', 'rxjs', 'topojson-client', 'topojson-specification', 'uplot'],
  cli: [
    'index.ts',
    'csv',
    'domain',
    'formats',
    'gateway',
    'log',
    'lookup',
    'query',
    'recording',
    'rx',
    'serve',
    'store',
    'stream',
    'worker',
    'node:crypto',
    'date-fns',
    'fast-string-truncated-width',
    'fastest-levenshtein',
    'rxjs',
    'tinyglobby',
    'node:events',
    'node:fs',
    'node:net',
    'node:os',
    'node:path',
    'node:timers',
    'node:url',
    'node:util',
    'node:stream',
    'node:worker_threads',
  ],
};

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const place = (path: string) => path.split('/')[0]!;

/** What a file imports: a folder or file of src, or a package without its subpath. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  const names = [...text.matchAll(/^(?:import|export) [^;]*? from '([^']+)'|import\('([^']+)'\)/gm)].map(
    ([, from, loaded]) => (from ?? loaded)!,
  );
  return names.map((name) => {
    if (name.startsWith('.')) return place(relative(SRC, join(SRC, dirname(file), name)).replace(/\.js$/, '.ts'));
    return name.split('/')[0]!;
  });
}

/** The files of src that a file imports, types too. */
function localImportsOf(file: string): string[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  const names = [...text.matchAll(/^(?:import|export) [^;]*? from '(\.[^']+)'/gm)].map(([, from]) => from!);
  return names.map((name) => relative(SRC, join(SRC, dirname(file), name)).replace(/\.js$/, '.ts'));
}

describe('src', () => {
  it('should have no folder or file at its top but the known ones', () => {
    expect(new Set(files.map(place))).to.deep.equal(new Set(Object.keys(ALLOWED)));
  });

  for (const [part, allowed] of Object.entries(ALLOWED)) {
    it(`should let ${part} import ${allowed.length === 0 ? 'nothing' : 'only '}${allowed.join(', ')}`, () => {
      const foreign = files
        .filter((file) => place(file) === part)
        .flatMap((file) =>
          importsOf(file)
            .filter((name) => name !== part && !allowed.includes(name))
            .map((name) => `${file} imports ${name}`),
        );
      expect(foreign).to.deep.equal([]);
    });
  }

  it('should have no circle of files that import each other', () => {
    const targets = new Map(files.map((file) => [file, localImportsOf(file)]));
    const circle = (path: readonly string[]): readonly string[] | undefined => {
      const last = path.at(-1)!;
      if (path.indexOf(last) < path.length - 1) return path;
      for (const next of targets.get(last) ?? []) {
        const found = circle([...path, next]);
        if (found) return found;
      }
      targets.set(last, []); // it leads to none
      return undefined;
    };
    for (const file of files) expect(circle([file])).to.equal(undefined);
  });

  it('should keep the process and its streams in cli', () => {
    const using = files.filter((file) => place(file) !== 'cli' && /\bprocess\./.test(readFileSync(join(SRC, file), 'utf8')));
    expect(using).to.deep.equal([]);
  });

  it('should keep no state in the modules of the page, only in what is subscribed to or made', () => {
    expect(
      files.filter((file) => place(file) === 'page' && /^(?:export )?let /m.test(readFileSync(join(SRC, file), 'utf8'))),
    ).to.deep.equal([]);
  });

  it('should have at most one exported name of its own in each file of operators', () => {
    const several = files
      .filter((file) => ['live', 'query', 'rx'].includes(place(file)))
      .filter(
        (file) => [...readFileSync(join(SRC, file), 'utf8').matchAll(/^export (?:async )?(?:const|function\*?|class) /gm)].length > 1,
      );
    expect(several).to.deep.equal([]);
  });
});
