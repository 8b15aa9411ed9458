import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../machine/child'
import { selfTimes } from '../report/self-times'
import { markdownTable } from '../report/table'
import { withPage, type Browsers } from './browser'
import type { ContenderId } from './contenders'
import { chunksOf, createDocument } from './documents/document'
import type { Cell } from './plan'

const shown = 25
const builtFolder = join(projectRoot, 'bench/rendering/site/.next')

/** Where the main thread’s scripting goes for one document, by the names of the sources. */
export function measureRenderProfile({
  browsers,
  siteUrl,
  contender,
  cell,
  intervalMs,
}: {
  browsers: Browsers
  siteUrl: string
  contender: ContenderId
  cell: Cell
  intervalMs: number
}): Promise<{ path: string; page: string }> {
  const { mode, throttle, document, kilobytes } = cell
  const browser = mode === 'lock-step' ? browsers.unpaced : browsers.paced
  const chunks = chunksOf(createDocument(document, kilobytes * 1000).text)
  return withPage(browser, { throttle }, async ({ page, cdp }) => {
    await page.goto(`${siteUrl}/${contender}`)
    await page.waitForFunction(() => 'renderBench' in window)
    await cdp.send('Profiler.enable')
    await cdp.send('Profiler.setSamplingInterval', { interval: 200 })
    await cdp.send('Profiler.start')
    const options = { chunks, mode, intervalMs, limitMs: cell.limitMs[contender] }
    await page.evaluate((given) => window.renderBench.streamText(given), options)
    const { profile } = await cdp.send('Profiler.stop')
    const built = withBuiltFiles(profile, siteUrl)
    const path = join(tmpdir(), `render-${contender}-${document}.cpuprofile`)
    await writeFile(path, JSON.stringify(built))
    const rows = selfTimes(built)
      .slice(0, shown)
      .map(({ place, share, microseconds }) => [
        place,
        `${(share * 100).toFixed(1)} %`,
        (microseconds / 1000).toFixed(0),
      ])
    return { path, page: markdownTable(['function', 'share', 'ms'], rows) }
  })
}

/** Addresses become paths of files, beside which the source maps lie. */
function withBuiltFiles<Profile extends { nodes: { callFrame: { url: string } }[] }>(
  profile: Profile,
  siteUrl: string,
): Profile {
  const nodes = profile.nodes.map((node) => ({
    ...node,
    callFrame: {
      ...node.callFrame,
      url: node.callFrame.url.replace(`${siteUrl}/_next`, builtFolder),
    },
  }))
  return { ...profile, nodes }
}
