import { chromium, type Browser, type BrowserContext, type CDPSession, type Page } from 'playwright'
import { findBrowser } from '../../scripts/find-browser.mjs'

export const browserPath = findBrowser({ playwrightPath: chromium.executablePath() })

/** For a browser that nobody sees, on a machine without a screen. */
export const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
]

/** Frames follow each other as fast as they are drawn, so that a frame for each chunk does not take a sixtieth of a second. */
const unlimitedFrames = ['--disable-frame-rate-limit', '--disable-gpu-vsync']

export type Browsers = { paced: Browser; unpaced: Browser; close(): Promise<void> }

/** One with frames at the rate of a screen, one with as many as can be drawn. */
export async function launchBrowsers(): Promise<Browsers> {
  if (!browserPath) throw new Error('No Chromium is here. Install one, or set CHROMIUM_PATH.')
  const launch = (args: string[]) => chromium.launch({ executablePath: browserPath, args })
  const paced = await launch(quiet)
  const unpaced = await launch([...quiet, ...unlimitedFrames])
  return {
    paced,
    unpaced,
    async close() {
      await Promise.all([paced.close(), unpaced.close()])
    },
  }
}

export type OpenPage = { page: Page; context: BrowserContext; cdp: CDPSession }

/** A page of its own, in a process of its own; it is gone afterwards. */
export async function withPage<Result>(
  browser: Browser,
  { throttle = 1, cookies = [] }: { throttle?: number; cookies?: Cookies },
  work: (open: OpenPage) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  try {
    await context.addCookies(cookies)
    const page = await context.newPage()
    const cdp = await context.newCDPSession(page)
    await cdp.send('Performance.enable')
    if (throttle > 1) await cdp.send('Emulation.setCPUThrottlingRate', { rate: throttle })
    return await work({ page, context, cdp })
  } finally {
    await context.close()
  }
}

type Cookies = Parameters<BrowserContext['addCookies']>[0]
