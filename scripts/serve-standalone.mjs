import { parseListenAddress } from './listen-address.mjs'
import { runScript } from './startup-error.mjs'

/**
 * Starts a standalone build, beside whose `server.js` this file lies. It sets what scripts/start.mjs sets, and
 * overrides HOSTNAME, which containers fill with their own name and Next would listen on.
 */
await runScript(async () => {
  const { host, port, url, localOnly } = parseListenAddress(process.env)
  Object.assign(process.env, {
    NODE_ENV: 'production',
    // The app ends its running answers first; see instrumentation.ts.
    NEXT_MANUAL_SIG_HANDLE: 'true',
    HOST: host,
    HOSTNAME: host,
    PORT: String(port),
    RIVULET_URL: url,
    LOCAL_DISCOVERY: process.env.LOCAL_DISCOVERY?.trim() || (localOnly ? 'on' : 'off'),
  })
  // Made by the build.
  await import(new URL('server.js', import.meta.url).href)
})
