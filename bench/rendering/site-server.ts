import { setTimeout as delay } from 'node:timers/promises'
import { join } from 'node:path'
import { freePort } from '@/e2e/fixtures/free-port'
import { buildApp } from '../contenders/app-build'
import { otherCore, projectRoot, startChild } from '../machine/child'

export type SiteServer = { url: string; stop(): Promise<void> }

const siteFolder = join(projectRoot, 'bench/rendering/site')
const startTimeoutMs = 30_000

/** Serves the pages of all contenders from a production build, which is made when there is none of these sources. */
export async function startSite(say: (line: string) => void): Promise<SiteServer> {
  await buildApp({ folder: siteFolder, sources: [siteFolder, projectRoot], say })
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const next = join(projectRoot, 'node_modules/next/dist/bin/next')
  const { PATH = '', HOME = '' } = process.env
  const child = startChild([next, 'start', '--hostname', '127.0.0.1', '--port', String(port)], {
    core: otherCore,
    environment: { PATH, HOME, NEXT_TELEMETRY_DISABLED: '1' },
    cwd: siteFolder,
  })
  const deadline = performance.now() + startTimeoutMs
  while (!(await fetch(`${url}/plain`).catch(() => undefined))?.ok) {
    if (performance.now() > deadline) throw new Error(`No site:\n${child.output()}`)
    await delay(50)
  }
  return { url, stop: () => child.stop() }
}
