// The command line in a few files instead of four hundred, each of which takes Node.js its time to find: most of
// what a question takes as a whole is its start. As deep as dist/src/cli, since it finds package.json from there.
import { build } from 'rolldown';

await build({
  input: 'dist/src/cli/main.js',
  logLevel: 'warn',
  platform: 'neutral', // for node, rxjs would come as CommonJS, of which nothing can be left out
  external: [/^node:/, /^csv-parse/, 'fastify', /^@fastify/, 'fs-native-extensions', /^pure-rand/, /^read-excel-file/, 'tinyglobby'],
  resolve: { conditionNames: ['es2015', 'import', 'default'], mainFields: ['module', 'main'] },
  output: {
    dir: 'dist/bundle/cli',
    entryFileNames: 'lastfix.js',
    chunkFileNames: '[name].js',
    sourcemap: true,
    cleanDir: true,
    postBanner: '/* With parts of rxjs (Apache-2.0), date-fns (MIT) and fastest-levenshtein (MIT). */',
  },
});
