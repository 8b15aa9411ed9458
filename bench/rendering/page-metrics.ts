import type { Browser, CDPSession } from 'playwright'

/** What a page has used so far; times in milliseconds. */
export type PageMetrics = {
  scriptMs: number
  layoutMs: number
  styleMs: number
  /** Everything the main thread did. */
  taskMs: number
  heapBytes: number
  nodes: number
}

export async function readPageMetrics(cdp: CDPSession): Promise<PageMetrics> {
  const { metrics } = await cdp.send('Performance.getMetrics')
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0
  return {
    scriptMs: value('ScriptDuration') * 1000,
    layoutMs: value('LayoutDuration') * 1000,
    styleMs: value('RecalcStyleDuration') * 1000,
    taskMs: value('TaskDuration') * 1000,
    heapBytes: value('JSHeapUsedSize'),
    nodes: value('Nodes'),
  }
}

/** What is in use once garbage is gone. */
export async function heapAfterCollection(cdp: CDPSession): Promise<number> {
  // What one collection finalizes, the next one frees.
  for (let round = 0; round < 2; round += 1) await cdp.send('HeapProfiler.collectGarbage')
  return (await readPageMetrics(cdp)).heapBytes
}

/** Processor time of all the browser's pages with their workers, in milliseconds: of one page, when it is alone. */
export async function rendererCpuMs(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const renderers = processInfo.filter(({ type }) => type === 'renderer')
  return renderers.reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0)
}
