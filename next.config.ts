import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'

const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), payment=(), usb=()' },
]

const config: NextConfig = {
  // Only an image wants it: `next start`, which `npm start` uses, refuses such a build.
  ...(process.env['BUILD_STANDALONE'] === '1' && { output: 'standalone' }),
  agentRules: false,
  // No picture passes `next/image`, and its optimiser would be a quarter of an image.
  images: { unoptimized: true },
  poweredByHeader: false,
  reactCompiler: true,
  typedRoutes: true,
  // The build makes files of what that route reads, and no server needs the library itself.
  outputFileTracingExcludes: { '/diagram/**': ['./node_modules/mermaid/**/*'] },
  // `npm run check` is the one place that reports type errors; a build only builds.
  typescript: { ignoreBuildErrors: true },
  headers: () =>
    Promise.resolve([
      { source: '/:path*', headers: securityHeaders },
      // The page that draws diagrams: ours alone to frame, as its own policy says too.
      { source: '/diagram/frame', headers: [{ key: 'X-Frame-Options', value: 'SAMEORIGIN' }] },
    ]),
}

const withTexts = createNextIntlPlugin({
  requestConfig: './server/i18n/request.ts',
  // Parsed at build: a page needs no parser for them, which would be 12 KB of every visit.
  experimental: {
    messages: { path: './shared/i18n', format: 'json', locales: 'infer', precompile: true },
  },
})

export default withTexts(config)
