import type { RequestListener } from 'node:http'
import { onTestFinished } from 'vitest'
import { serve as serveOnLoopback, type LoopbackServer } from '@/e2e/servers/loopback'

/** A server that is gone when the test is. */
export async function serve(listener: RequestListener): Promise<LoopbackServer> {
  const server = await serveOnLoopback(listener)
  onTestFinished(() => server.close())
  return server
}
