import { registerHooks } from 'node:module'
import '../server/db/testing/resolve-typescript.mjs'

// Outside a React server bundle the package throws on import, on purpose.
registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier === 'server-only'
      ? { url: 'data:text/javascript,', shortCircuit: true }
      : nextResolve(specifier, context),
})
