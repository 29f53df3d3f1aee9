/** Who may import whom. Read it as the architecture; `npm run lint` enforces it. */
const lib = (name, ...may) => ({
  name: `libs-${name}`,
  severity: 'error',
  from: { path: `^libs/${name}/`, pathNot: 'spec\\.ts$' },
  to: { path: '^(apps|libs|test)/', pathNot: [name, ...may].map((other) => `^libs/${other}/`) },
});

module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^libs/domain/', pathNot: 'spec\\.ts$' },
      to: { pathNot: '^libs/domain/' },
    },
    {
      name: 'contracts-know-only-zod',
      severity: 'error',
      from: { path: '^libs/contracts/' },
      to: { pathNot: ['^libs/(contracts|domain)/', 'node_modules/zod'] },
    },
    lib('config'),
    lib('database', 'config', 'domain'),
    lib('queue', 'contracts', 'domain'),
    lib('media', 'domain'),
    lib('storage', 'domain'),
    {
      name: 'apps-do-not-meet',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/([^/]+)/', pathNot: '^apps/$1/' },
    },
    {
      name: 'features-do-not-meet',
      severity: 'error',
      from: { path: '^apps/api/src/([^/]+)/', pathNot: 'spec\\.ts$' },
      to: { path: '^apps/api/src/([^/]+)/', pathNot: '^apps/api/src/($1|http)/' },
    },
    {
      name: 'screens-see-only-shapes-and-rules',
      severity: 'error',
      from: { path: '^apps/(player|console)/' },
      to: { path: '^libs/', pathNot: '^libs/(contracts|domain)/' },
    },
    {
      name: 'libs-by-their-front-door',
      severity: 'error',
      from: { path: '^(apps|test)/' },
      to: { path: '^libs/', pathNot: '^libs/[^/]+/src/index\\.ts$' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-undeclared-package',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@lectern/source', 'import', 'types', 'node'],
    },
  },
};
