import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { temporaryFolder } from './support/temporaryFolder.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

interface Packed {
  readonly filename: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}
interface Manifest {
  readonly repository: { readonly url: string };
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

describe('the package', () => {
  const at = temporaryFolder();
  const manifest = JSON.parse(read('package.json')) as Manifest;
  let packed: Packed;
  let paths: readonly string[];
  before(() => {
    const packing = ['pack', '--json', '--ignore-scripts', '--pack-destination', at()];
    const told = execFileSync('npm', packing, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    [packed] = JSON.parse(told) as [Packed];
    paths = packed.files.map(({ path }) => path);
    mkdirSync(at('node_modules'));
    execFileSync('tar', ['-xzf', at(packed.filename), '-C', at('node_modules')]);
    execFileSync('mv', [at('node_modules/package'), at('node_modules/lastfix')]);
    for (const name of Object.keys(manifest.dependencies)) { // only what an install brings
      mkdirSync(dirname(at('node_modules', name)), { recursive: true });
      symlinkSync(join(ROOT, 'node_modules', name), at('node_modules', name));
    }
  });
  const run = (...args: string[]) => spawnSync(process.execPath, args, { cwd: at(), encoding: 'utf8' });

  it('should be under 2.5 MB unpacked', () => {
    expect(packed.unpackedSize).to.be.below(2.5e6);
  });

  it('should have neither the sources of its bundles nor the specs', () => {
    expect(paths.filter((path) => /^dist\/src\/(?:cli|page)\/|^dist\/(?:spec|bench)|^src\/|\.map$/.test(path))).to.deep.equal([]);
  });

  it('should have every file that its files import', () => {
    for (const path of paths.filter((path) => /^dist\/.*\.js$/.test(path))) {
      const imported = [...read(path).matchAll(/(?:from|import)\s*\(?["'`](\.{1,2}\/[^'"`]+\.js)["'`]/g)].map(([, name]) => name!);
      expect(paths, path).to.include.members(imported.map((name) => relative(ROOT, join(ROOT, dirname(path), name))));
    }
  });

  it('should have every type that its types are made of, and nothing that nobody can use', () => {
    const folder = join(ROOT, 'dist/src');
    const kept = (ending: string) => paths.filter((path) => path.startsWith('dist/src/') && path.endsWith(ending));
    for (const ending of ['.js', '.d.ts']) {
      const used = new Set(['index', 'serve/index', 'store/index'].map((entry) => join(folder, `${entry}${ending}`)));
      for (const path of used) // which grows meanwhile
        for (const [, name] of readFileSync(path, 'utf8').matchAll(/["'](\.{1,2}\/[^'"\s]+)\.js["']/g))
          used.add(join(dirname(path), `${name!}${ending}`));
      expect(kept(ending)).to.have.members([...used].map((path) => relative(ROOT, path)));
    }
  });

  it('should run as a command, and play what comes with it', () => {
    const replay = ['replay', '--rate', 'max', '--serve', '--stay', 'never', '--port', '0'];
    const { status, stderr } = run('node_modules/lastfix/dist/bundle/cli/lastfix.js', ...replay);
    expect(status, stderr).to.equal(0);
    expect(readFileSync(at('output/output_stream.csv'), 'utf8')).to.equal(read('fixtures/minute.expected/output_stream.csv'));
  });

  it('should say what MQTT needs, which it does not bring', () => {
    const { status, stderr } = run('node_modules/lastfix/dist/bundle/cli/lastfix.js', 'replay', '--quiet', '--output', 'mqtt://localhost/x');
    expect([status, stderr]).to.deep.equal([
      1,
      'lastfix: MQTT needs the package mqtt, which is not installed: npm install mqtt, in the place where lastfix is installed\n',
    ]);
  });

  it('should be a library', () => {
    const program = "import { ask, play } from 'lastfix'; console.log(typeof play, typeof ask)";
    const { stdout, stderr } = run('--input-type=module', '--eval', program);
    expect(stdout, stderr).to.equal('function function\n');
  });

  it('should be a server as a library, with its page, whose types are there', () => {
    const program = `
      import { FileError } from 'lastfix';
      import { serveLog } from 'lastfix/serve';
      const server = await serveLog('output/output_stream.csv', { onError: (error) => { throw error; } });
      const url = await server.listen({ host: '127.0.0.1', port: 0 });
      const { version, changes } = await (await fetch(url + '/api/status')).json();
      const page = await (await fetch(url)).text();
      const metrics = await (await fetch(url + '/metrics')).text();
      await server.close();
      const failure = await serveLog('none.csv', { onError: () => {} }).catch((error) => error);
      console.log(version, changes, page.includes('page/page.js'), metrics.includes('process_'), failure instanceof FileError);
    `;
    const { stdout, stderr } = run('--input-type=module', '--eval', program);
    const { version, exports } = JSON.parse(read('package.json')) as { version: string; exports: Record<string, { types: string }> };
    expect(stdout, stderr).to.equal(`${version} 44 true false true\n`);
    expect(paths).to.include(exports['./serve']!.types.slice(2));
  });

  it('should be a store as a library, which loads its driver when a database is opened, and whose types are there', () => {
    const program = `
      import { FileError } from 'lastfix';
      import { openDatabase, SqlPast, StoreError, storeUrl } from 'lastfix/store';
      const failure = await openDatabase(storeUrl('postgres://127.0.0.1:1/none')).catch((error) => error);
      console.log(typeof SqlPast, failure instanceof StoreError, failure instanceof FileError, failure.message);
    `;
    const { stdout, stderr } = run('--input-type=module', '--eval', program);
    const { exports } = JSON.parse(read('package.json')) as { exports: Record<string, { types: string }> };
    const why = 'nothing listens there: check the host and the port, and that the server runs';
    expect(stdout, stderr).to.equal(`function true true cannot reach postgres://127.0.0.1:1/none: ${why}\n`);
    expect(paths).to.include(exports['./store']!.types.slice(2));
  });

  it('should show the pictures of its README on the page of a registry', () => {
    // relative links are resolved against the repository
    expect(manifest.repository.url).to.match(/^git\+https:\/\/github\.com\/[\w-]+\/[\w-]+\.git$/);
    const pictures = [...read('README.md').matchAll(/!\[[^\]]*\]\(([^)]*)\)/g)].map(([, path]) => path!);
    expect(pictures).not.to.deep.equal([]);
    for (const path of pictures) expect(path, path).to.match(/^docs\/[\w.-]+$/).and.satisfy((path: string) => existsSync(join(ROOT, path)));
  });

  it('should say in docs/design.md what each package that an install brings is for', () => {
    const design = read('docs/design.md');
    const listed = [...design.matchAll(/^\| (\S+) \| [\d.]+ MB \| \S.* \|$/gm)].map(([, name]) => name!);
    expect(listed).to.have.members(Object.keys(manifest.dependencies));
  });

  it('should bring no package that its files do not load, but date-fns, which is in the bundle', () => {
    const code = paths.filter((path) => /^dist\/.*\.js$/.test(path) && !path.startsWith('dist/bundle/page/')).map(read).join('\n');
    const loaded = [...code.matchAll(/(?:from|import\(|require\() ?["'`]((?:@[^/"'`]+\/)?[^/"'`]+)/g)].map(([, name]) => name!);
    for (const name of Object.keys(manifest.dependencies)) if (name !== 'date-fns') expect(loaded).to.include(name);
  });

  it('should link to nothing that is not there', () => {
    const docs = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`);
    const papers = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'examples/README.md', ...docs];
    for (const paper of papers) {
      const links = [...read(paper).matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(([, path]) => path!);
      for (const link of links) expect(existsSync(join(ROOT, dirname(paper), link)), `${paper}: ${link}`).to.equal(true);
    }
  });
});
