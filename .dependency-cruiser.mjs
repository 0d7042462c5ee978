/**
 * The arrows of the house: which layer may know which. `tests/architecture/layers.test.ts` shows for each rule that it
 * catches what it forbids.
 */

const pureShared = { path: '^src-shared/', pathNot: '^src-shared/node/' }
const core = '^src-main/(core|vault|services|sync|jobs)/'
const hosts = '^src-main/(desktop|preload|local-web|cli)/'
const databaseLibraries = 'node_modules/(sqlcipher|better-sqlite3[^/]*|kysely|pg)/'
const networkModules = '^(node:)?(http|https|http2|net|tls|dgram|dns)(/|$)'

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Modules that need each other are one module, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'Every import leads somewhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'shared-knows-no-layer',
      comment: 'Everything may import src-shared; it imports nothing of theirs.',
      severity: 'error',
      from: { path: '^src-shared/' },
      to: { path: '^src-(main|renderer|hub)/' },
    },
    {
      name: 'shared-has-no-node',
      comment: 'Pure code runs in the page too: no Node modules, and not the impure corner.',
      severity: 'error',
      from: pureShared,
      to: { path: ['^src-shared/node/', '^node:'] },
    },
    {
      name: 'shared-has-no-builtin',
      comment: 'The same for Node modules named without `node:`.',
      severity: 'error',
      from: pureShared,
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'shared-uses-few-packages',
      comment: 'Only packages that are pure computation.',
      severity: 'error',
      from: pureShared,
      to: { path: 'node_modules/', pathNot: 'node_modules/(zod|canonicalize|pinyin-pro|@scure/base)/' },
    },
    {
      name: 'renderer-knows-only-shared',
      comment: 'The page calls use cases through its bridge; it knows neither core nor hub.',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { path: ['^src-(main|hub)/', '^src-shared/node/'] },
    },
    {
      name: 'renderer-has-no-node',
      comment: 'The page is sandboxed.',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-knows-only-shared',
      comment: 'The core runs the same under every host and knows none of them.',
      severity: 'error',
      from: { path: core },
      to: { path: ['^src-(renderer|hub)/', hosts] },
    },
    {
      name: 'vault-is-below-services',
      comment: 'Aggregates do not know the use cases that use them.',
      severity: 'error',
      from: { path: '^src-main/vault/' },
      to: { path: '^src-main/(core|services|sync|jobs)/' },
    },
    {
      name: 'hosts-know-only-core-and-shared',
      comment: 'Desktop, local-web and the command line never know the page or the hub.',
      severity: 'error',
      from: { path: hosts },
      to: { path: '^src-(renderer|hub)/' },
    },
    {
      name: 'hosts-stay-apart',
      comment: 'No host knows another; the preload is part of desktop, and loaded by path.',
      severity: 'error',
      from: { path: '^src-main/(desktop|local-web|cli)/' },
      to: { path: hosts, pathNot: '^src-main/$1/' },
    },
    {
      name: 'preload-knows-only-shared',
      comment:
        'The preload passes messages from the sandbox of the page; with desktop it shares the channel names.',
      severity: 'error',
      from: { path: '^src-main/preload/' },
      to: {
        path: ['^src-main/', '^src-shared/node/', '^node:'],
        pathNot: ['^src-main/preload/', '^src-main/desktop/channels[.]ts$'],
      },
    },
    {
      name: 'hub-knows-only-shared',
      comment: 'The upstream node shares the rules with the core, and no code.',
      severity: 'error',
      from: { path: '^src-hub/' },
      to: { path: '^src-(main|renderer)/' },
    },
    {
      name: 'electron-only-in-desktop',
      comment: 'All but the thin shell must run without Electron.',
      severity: 'error',
      from: { pathNot: '^src-main/(desktop|preload)/' },
      to: { path: 'node_modules/electron/' },
    },
    {
      name: 'databases-only-in-vault-and-store',
      comment: 'SQL lives in two folders; so do the drivers.',
      severity: 'error',
      from: { path: '^src-', pathNot: '^(src-main/vault|src-hub/store)/' },
      to: { path: databaseLibraries },
    },
    {
      name: 'no-builtin-database',
      comment: 'The database of Node is not encrypted.',
      severity: 'error',
      from: { path: '^src-' },
      to: { path: '^(node:)?sqlite$' },
    },
    {
      name: 'network-only-in-transports',
      comment:
        'Offline is the normal state: only the transports, local-web and the command line open a socket. The lock of ' +
        'a vault listens on an endpoint inside the machine.',
      severity: 'error',
      from: { path: '^src-(shared|main)/', pathNot: '^src-main/(sync|local-web|cli|core/host)/' },
      to: { path: networkModules },
    },
    {
      name: 'nothing-knows-tests-or-scripts',
      comment: 'What ships does not depend on what checks or builds it.',
      severity: 'error',
      from: { path: '^(src-|scripts/)' },
      to: { path: '^tests/' },
    },
    {
      name: 'sources-know-no-scripts',
      comment: 'What ships does not depend on what builds it.',
      severity: 'error',
      from: { path: '^src-' },
      to: { path: '^scripts/' },
    },
    {
      name: 'run-time-packages-are-dependencies',
      comment:
        'What core and hub import at run time must be installed with the product. Electron comes with the shell.',
      severity: 'error',
      from: { path: '^src-(main|hub|shared)/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
        pathNot: 'node_modules/electron/',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|coverage|test-results)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      conditionNames: ['import', 'node', 'types', 'default'],
      exportsFields: ['exports'],
    },
  },
}
