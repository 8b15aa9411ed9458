import { registerHooks } from 'node:module'

const root = new URL('../../../', import.meta.url)

/** Lets plain Node run the server's files in a child process: `@/…` and endings left out, as the bundler has it. */
registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier.startsWith('@/'))
      return nextResolve(new URL(`${specifier.slice(2)}.ts`, root).href, context)
    // The bundler needs no `with { type: 'json' }`.
    if (specifier.endsWith('.json'))
      return { ...nextResolve(specifier, context), importAttributes: { type: 'json' } }
    const withoutEnding = /^\.{1,2}\//.test(specifier) && !/\.[cm]?[jt]s$/.test(specifier)
    const ours =
      context.parentURL?.startsWith(root.href) && !context.parentURL.includes('/node_modules/')
    return nextResolve(withoutEnding && ours ? `${specifier}.ts` : specifier, context)
  },
})
