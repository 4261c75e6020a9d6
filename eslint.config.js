import js from '@eslint/js';
import regexp from 'eslint-plugin-regexp';
import rxjsX from 'eslint-plugin-rxjs-x';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** What keeps operators pure: the clock is a parameter, and whoever runs the stream subscribes. */
const subscribing = {
  selector: "CallExpression[callee.property.name='subscribe']",
  message: 'Only cli/ and rx/ subscribe, and the server for its clients.',
};
const creating = { selector: "NewExpression[callee.name='Observable']", message: 'Compose; new Observable is for rx/.' };
const clocks = ['setTimeout', 'setInterval', 'setImmediate', 'performance'].map((name) => ({ name, message: 'The clock is a parameter.' }));

export default defineConfig(
  { ignores: ['dist/', 'coverage/', 'output/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked, rxjsX.configs.recommended],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off', // indexes are checked by the loops around them
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'no-console': 'error',
      'max-len': ['error', { code: 140, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true }],
    },
  },
  {
    files: ['src/**/*.ts', '*.js'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }], // texts come from users, of any length
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/cli/**', 'src/rx/**', 'src/serve/openContext.ts', 'src/serve/routes/eventsRoute.ts', 'src/page/main.ts', 'src/page/reader/main.ts'],
    rules: {
      'no-restricted-syntax': ['error', subscribing, creating],
      'no-restricted-globals': ['error', 'process', ...clocks],
      'no-restricted-properties': ['error', { object: 'Date', property: 'now', message: 'The clock is a parameter.' }],
    },
  },
  {
    files: ['spec/**/*.ts'],
    rules: { '@typescript-eslint/no-unused-expressions': 'off' }, // chai: expect(x).to.be.empty
  },
);
