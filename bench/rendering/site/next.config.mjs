import { fileURLToPath } from 'node:url'
import createNextIntlPlugin from 'next-intl/plugin'

/** As the product is built: the same bundler, the same compiler. */
const config = {
  agentRules: false,
  poweredByHeader: false,
  reactCompiler: true,
  typescript: { ignoreBuildErrors: true },
  // The profiler names functions by their sources; no page asks for the maps.
  productionBrowserSourceMaps: true,
  // Packages and the product's components are three folders up.
  turbopack: { root: fileURLToPath(new URL('../../..', import.meta.url)) },
}

const withTexts = createNextIntlPlugin({
  requestConfig: './i18n.ts',
  experimental: {
    messages: {
      path: '../../../shared/i18n',
      format: 'json',
      locales: 'infer',
      precompile: true,
    },
  },
})

export default withTexts(config)
