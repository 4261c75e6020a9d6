// The command line in a few files instead of four hundred, each of which takes Node.js its time to find: most of
// what a question takes as a whole is its start. As deep as dist/src/cli, since it finds package.json from there.
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build } from 'rolldown';
import { noting, thirdParty } from './thirdParty.js';
import { unreached } from './unreached.js';

/** All that comes into the bundles. */
const bundled = new Set();

await build({
  input: { lastfix: 'dist/src/cli/main.js', servingThread: 'dist/src/cli/serve/servingThread.js' }, // a thread is started by the name of its file
  logLevel: 'warn',
  platform: 'neutral', // for node, rxjs would come as CommonJS, of which nothing can be left out
  plugins: [noting(bundled)],
  external: [
    /^node:/,
    /^csv-parse/,
    'fastify',
    /^@fastify/,
    /^@nats-io/,
    'fs-native-extensions',
    /^pure-rand/,
    '@e965/xlsx',
    'tinyglobby',
    'fzstd',
    /^hyparquet/,
    'lossless-json',
    'mqtt',
    'pg',
    'pgpass',
    'sax',
    'yauzl',
  ],
  resolve: { conditionNames: ['es2015', 'import', 'default'], mainFields: ['module', 'main'] },
  output: {
    dir: 'dist/bundle/cli',
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    comments: { jsdoc: false }, // those are for who reads the sources
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } }, // names stay, for stack traces
    sourcemap: true,
    cleanDir: true,
    postBanner: '/* With parts of other packages: their licences are in ../THIRD-PARTY.txt. */',
  },
});

// The page, of its TypeScript: it runs in a browser and asks nobody but the server it came from. Its views are loaded in parts.
// Its reader is a worker, and has a file of its own, as has what starts that early.
const browserFile = (input, name, format, output = {}) =>
  build({
    input: { [name]: input },
    logLevel: 'warn',
    platform: 'browser',
    tsconfig: 'src/page/tsconfig.json',
    plugins: [noting(bundled)],
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] }, conditionNames: ['es2015', 'import', 'default'], mainFields: ['module', 'main'] },
    output: {
      dir: 'dist/bundle/page',
      entryFileNames: '[name].js',
      chunkFileNames: '[name].js',
      ...output,
      format,
      minify: true,
      sourcemap: 'hidden',
      postBanner: '/* With parts of other packages: their licences are in THIRD-PARTY.txt of the package lastfix. */',
    },
  });
rmSync('dist/bundle/page', { recursive: true, force: true });
await browserFile('src/page/main.ts', 'page', 'esm', { codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] } });
await browserFile('src/page/reader/main.ts', 'reader', 'iife');
await browserFile('src/page/early.ts', 'early', 'iife');
await browserFile('src/page/tiles/main.ts', 'tiles', 'esm'); // loaded only where vector tiles are served
const page = (name) => `dist/bundle/page/${name}`;
const copied = (from, name) => {
  copyFileSync(from, page(name));
  bundled.add(from);
};
const pack = (bytes, name) => { writeFileSync(page(`${name}.gz`), gzipSync(bytes, { level: 9 })); }; // the server unpacks it
const LAND = 'node_modules/world-atlas/land-50m.json';
const styles = ['node_modules/leaflet/dist/leaflet.css', 'node_modules/uplot/dist/uPlot.min.css', 'src/page/page.css'];
for (const style of styles) bundled.add(style);
pack(styles.map((path) => readFileSync(path, 'utf8')).join('\n'), 'page.css');
for (const script of readdirSync('dist/bundle/page').filter((name) => name.endsWith('.js'))) {
  pack(readFileSync(page(script)), script);
  rmSync(page(script));
}
copied('src/page/index.html', 'index.html');
copied('src/page/icon.svg', 'icon.svg');
pack(readFileSync(LAND), 'land.json');
bundled.add(LAND);
copied('node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2', 'font.woff2');
writeFileSync('dist/bundle/THIRD-PARTY.txt', thirdParty(bundled));

writeFileSync('dist/src/.npmignore', unreached('dist/src', ['index', 'serve/index', 'store/index']).map((name) => `/${name}\n`).join(''));
