const source = '@lectern/source';
const project = (
  displayName,
  testMatch,
  { environment = 'node', tsconfig = 'tsconfig.json', conditions = ['node', 'node-addons'] } = {},
) => ({
  displayName,
  testMatch: testMatch.map((glob) => `<rootDir>/${glob}`),
  testEnvironment: environment,
  testEnvironmentOptions: { customExportConditions: [source, ...conditions] },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.tsx?$': ['ts-jest', { useESM: true, tsconfig, diagnostics: false }] },
});
const web = (app) =>
  project(app, [`apps/${app}/**/*.spec.{ts,tsx}`], {
    environment: 'jsdom',
    tsconfig: `apps/${app}/tsconfig.json`,
    conditions: ['browser'],
  });
const withPostgres = {
  globalSetup: '<rootDir>/test/support/global-setup.js',
  globalTeardown: '<rootDir>/test/support/global-teardown.js',
};

/** @type {import('jest').Config} */
export default {
  testTimeout: 60_000,
  projects: [
    project('unit', ['libs/**/*.spec.ts', 'apps/{api,worker}/**/*.spec.ts']),
    { ...project('integration', ['{apps,libs}/**/*.integration-spec.ts']), ...withPostgres },
    { ...project('stories', ['test/**/*.e2e-spec.ts']), ...withPostgres },
    web('player'),
    web('console'),
  ],
};
