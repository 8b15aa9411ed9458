import { workerScript } from '@/server/offline/worker-script'

/** The service worker, made into a file by the build. */
export async function GET(): Promise<Response> {
  return new Response(await workerScript(), {
    headers: { 'cache-control': 'no-cache', 'content-type': 'text/javascript; charset=utf-8' },
  })
}

export const dynamic = 'force-static'
