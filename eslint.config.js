// Runs under ESLint: strict, type-aware rules, and the house's own import directions.
import { relative, sep } from 'node:path';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { judgeImport } from './test/architecture/house.ts';

/** The house's rules on imports, while one types; test/architecture/ holds them over all files at once. */
const imports = {
  meta: { type: 'problem', schema: [], messages: { judged: '{{sentence}}.' } },
  create(context) {
    const from = relative(import.meta.dirname, context.filename)
      .split(sep)
      .join('/');
    const look = (node, typeOnly) => {
      if (node.source === null || typeof node.source?.value !== 'string') return;
      const sentence = judgeImport({ from, specifier: node.source.value, typeOnly });
      if (sentence !== null) context.report({ node: node.source, messageId: 'judged', data: { sentence } });
    };
    return {
      ImportDeclaration: (node) => look(node, node.importKind === 'type'),
      ExportNamedDeclaration: (node) => look(node, node.exportKind === 'type'),
      ExportAllDeclaration: (node) => look(node, node.exportKind === 'type'),
      ImportExpression: (node) => look(node, false),
    };
  },
};

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', 'node_modules/', '.cache/']),
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { house: { rules: { imports } } },
    rules: {
      'house/imports': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': ['error', { allow: ['warn', 'error'] }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Numbers in a sentence for a person are what templates are for; everything else still must be a string.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `while (true)` with a return inside is the plain form of a loop that ends in its middle.
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      // Tokenisers walk a string by code points, knowingly.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // A name that begins with _ says that it is there for its place only.
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' },
      ],
      // `onClick={() => close()}` reads as what it does; the value of a one-line arrow goes nowhere.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // `async` is the promise of a signature (a port, a handler), whether this one waits for something or not.
      '@typescript-eslint/require-await': 'off',
      // An index signature is read with brackets (tsconfig says nothing against a dot); both are plain.
      '@typescript-eslint/dot-notation': 'off',
    },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
    rules: {
      // These two speak of what the React Compiler could not rewrite, and it is not used here: elements are
      // scrolled, and the virtualiser gives functions.
      'react-hooks/immutability': 'off',
      'react-hooks/incompatible-library': 'off',
      // React calls an event handler and drops what it returns; a handler that fails says so itself.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    },
  },
  {
    // Programs that talk to a terminal.
    files: ['hosts/cli/**', 'scripts/**', 'test/**', '**/*.test.{ts,tsx}', '**/*.bench.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.test.{ts,tsx}', 'test/**/*.{ts,tsx}'],
    rules: {
      // A test that reads past the end fails, which is what a test is for.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Doubles are made of functions that do nothing.
      '@typescript-eslint/no-empty-function': 'off',
      // A double is an object with just the parts that are used.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // `expect(port.close)` looks at a double's method and does not call it.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // Read by an old Node or before any type is there: plain JavaScript, without type information.
    files: ['**/*.js'],
    rules: { eqeqeq: 'error', 'no-undef': 'off' },
  },
);
