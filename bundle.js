// The command line in a few files instead of four hundred, each of which takes Node.js its time to find: most of
// what a question takes as a whole is its start. As deep as dist/src/cli, since it finds package.json from there.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { build } from 'rolldown';

await build({
  input: { lastfix: 'dist/src/cli/main.js', servingThread: 'dist/src/cli/servingThread.js' }, // a thread is started by the name of its file
  logLevel: 'warn',
  platform: 'neutral', // for node, rxjs would come as CommonJS, of which nothing can be left out
  external: [/^node:/, /^csv-parse/, 'fastify', /^@fastify/, 'fs-native-extensions', /^pure-rand/, '@e965/xlsx', 'tinyglobby'],
  resolve: { conditionNames: ['es2015', 'import', 'default'], mainFields: ['module', 'main'] },
  output: {
    dir: 'dist/bundle/cli',
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    sourcemap: true,
    cleanDir: true,
    postBanner: '/* With parts of rxjs (Apache-2.0), date-fns (MIT), fast-string-truncated-width (MIT) and fastest-levenshtein (MIT). */',
  },
});

// The page, of its TypeScript: it runs in a browser and asks nobody but the server it came from.
await build({
  input: 'src/page/main.ts',
  logLevel: 'warn',
  platform: 'browser',
  tsconfig: 'src/page/tsconfig.json',
  resolve: { extensionAlias: { '.js': ['.ts', '.js'] }, conditionNames: ['es2015', 'import', 'default'], mainFields: ['module', 'main'] },
  output: {
    file: 'dist/bundle/page/page.js',
    minify: true,
    cleanDir: true,
    postBanner: '/* With rxjs (Apache-2.0), leaflet (BSD-2-Clause), uPlot (MIT) and topojson-client (ISC). */',
  },
});
const page = (name) => `dist/bundle/page/${name}`;
const styles = ['node_modules/leaflet/dist/leaflet.css', 'node_modules/uplot/dist/uPlot.min.css', 'src/page/page.css'];
writeFileSync(page('page.css'), styles.map((path) => readFileSync(path, 'utf8')).join('\n'));
copyFileSync('src/page/index.html', page('index.html'));
copyFileSync('src/page/icon.svg', page('icon.svg'));
copyFileSync('node_modules/world-atlas/land-50m.json', page('land.json'));
copyFileSync('node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2', page('font.woff2'));
