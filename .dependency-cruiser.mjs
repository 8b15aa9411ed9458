import { Visitor } from '@swc/core/Visitor.js'

teachVisitorUsing()

const testFile = '(\\.(test|contract)\\.tsx?|/testing/[^/]+\\.tsx?)$'
const devFolder = '^(e2e|bench|chaos|scripts)/'
const serverCode = '^(app|server)/|^(instrumentation|proxy)\\.ts$'
const adapter = '^server/(db|stream-log|models|rate-limit)/'

const rules = {
  'shared-depends-on-nothing-above': {
    comment: 'shared/ runs on both sides, so it may know neither.',
    from: { path: '^shared/' },
    to: { path: '^(app|components|client|server|e2e|bench|chaos|scripts)/' },
  },
  'shared-uses-no-node': {
    comment: 'The browser runs this code too.',
    from: { path: '^shared/', pathNot: testFile },
    to: { dependencyTypes: ['core'] },
  },
  'shared-uses-no-react': {
    comment: 'shared/ is plain TypeScript; what renders lives in components/.',
    from: { path: '^shared/', pathNot: testFile },
    to: { path: 'node_modules/(react|react-dom|next)/' },
  },
  'server-knows-no-browser-code': {
    comment: 'Routes and components call the server, never the other way round.',
    from: { path: '^server/' },
    to: { path: '^(app|components|client)/' },
  },
  'browser-never-reaches-server': {
    comment: 'Not by a type, not through a third file: what both need lives in shared/.',
    from: { path: '^(client|components)/' },
    to: { path: '^server/', reachable: true },
  },
  'client-knows-no-views': {
    comment: 'Browser state must not care which component shows it.',
    from: { path: '^client/' },
    to: { path: '^(app|components)/' },
  },
  'components-know-no-routes': {
    comment: 'A route chooses its components.',
    from: { path: '^components/' },
    to: { path: '^app/' },
  },
  'primitives-know-no-domain': {
    comment: 'components/ui could move to another product unchanged.',
    from: { path: '^components/ui/' },
    to: { path: '^(components/(?!ui/)|client/|shared/(?!ui/))' },
  },
  'handlers-render-nothing': {
    comment: 'An API route answers JSON or SSE.',
    from: { path: '^app/api/' },
    to: { path: '^(components|client)/' },
  },
  'routes-call-use-cases': {
    comment: 'Only the server itself touches its adapters.',
    from: { path: '^app/' },
    to: { path: adapter },
  },
  'adapters-know-no-use-cases': {
    comment: 'A port is written from its caller’s needs and knows none of its callers.',
    from: { path: adapter },
    to: { path: '^server/(auth|catalog|chat|endpoints|http|i18n|library|user-settings)/' },
  },
  'adapters-know-no-adapters': {
    comment: 'server/services.ts joins them.',
    from: { path: adapter },
    to: { path: adapter, pathNot: '^server/$1/' },
  },
  'only-the-guard-connects': {
    comment:
      'A request to an address that a user chose goes through guarded-fetch.ts. Two others only look at addresses and at responses.',
    from: {
      path: serverCode,
      pathNot: [
        testFile,
        '^server/models/(guarded-fetch|address-policy)\\.ts$',
        '^server/http/stalled-sockets\\.ts$',
      ],
    },
    to: {
      path: '^(node:)?(http|https|http2|net|tls|dgram|dns(/promises)?)$|node_modules/undici/',
      dependencyTypesNot: ['type-only'],
    },
  },
  'only-one-file-opens-providers': {
    comment: 'Without a fetch of ours an SDK takes the global one.',
    from: { path: serverCode, pathNot: [testFile, '^server/models/provider-model\\.ts$'] },
    to: {
      path: 'node_modules/@ai-sdk/(openai|openai-compatible)/',
      dependencyTypesNot: ['type-only'],
    },
  },
  'no-cycles': {
    comment: 'A cycle of values breaks at import time; a cycle of types only is fine.',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  'no-orphans': {
    comment: 'A module that nobody imports is dead or in the wrong place.',
    from: {
      orphan: true,
      path: '^(client|components|server|shared)/',
      pathNot: [testFile, '\\.d\\.ts$'],
    },
    to: {},
  },
  'product-uses-no-tests': {
    comment: 'Tests, benches and scripts stay out of the build.',
    from: { pathNot: [testFile, devFolder] },
    to: { path: [testFile, devFolder] },
  },
  'no-unlisted-packages': {
    comment: 'Every package the product imports is in dependencies.',
    from: { path: '^(app|client|components|server|shared)/', pathNot: testFile },
    to: {
      dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
      dependencyTypesNot: ['type-only'],
    },
  },
}

const requirements = {
  'server-says-so': {
    comment: 'Next then refuses to bundle it for a browser. The scripts read settings.ts too.',
    module: { path: '^server/.+\\.ts$', pathNot: [testFile, '^server/settings\\.ts$'] },
    to: { path: 'node_modules/server-only/' },
  },
}

const asErrors = (named) =>
  Object.entries(named).map(([name, rule]) => ({ name, severity: 'error', ...rule }))

export default {
  forbidden: asErrors(rules),
  required: asErrors(requirements),
  options: {
    // The default parser needs the TypeScript 6 API; without it 0 modules are read, and all is well.
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^\\.next/' },
  },
}

/** The visitor that reads modules here throws at `using`, which swc itself parses well. */
function teachVisitorUsing() {
  // oxlint-disable-next-line typescript/unbound-method -- called with its `this` below
  const { visitStatement } = Visitor.prototype
  Visitor.prototype.visitStatement = function visit(statement) {
    if (statement.type !== 'UsingDeclaration') return visitStatement.call(this, statement)
    return { ...statement, decls: this.visitVariableDeclarators(statement.decls) }
  }
}
