import type { CDPSession, Page } from 'playwright'
import { watchScripts } from '@/e2e/fixtures/watch-loads'
import type { OpenPage } from '../browser'
import { heapAfterCollection, readPageMetrics } from '../page-metrics'
import type { StreamingCost } from './long-chat'
import { installProbe, type Opening } from './page-probe'

const typed = 'a question of some length, typed'
const answerMsMax = 60_000
const readingMs = 4_000

/** Opens the chat at its end, as a first visit: nothing of the app is in the browser. */
export async function measureOpening(
  { page, cdp }: OpenPage,
  { url, lastWords }: { url: string; lastWords: string },
) {
  await page.addInitScript(installProbe, { lastWords })
  await page.goto(url, { waitUntil: 'commit' })
  const { interactiveMs, longestTaskMs } = await openedProbe(page)
  return {
    interactiveMs,
    longestTaskMs,
    heapBytes: await heapAfterCollection(cdp),
    elements: await page.evaluate(() => document.querySelectorAll('*').length),
  }
}

/** Loads the page anew, with the app in the browser’s cache. */
export async function measureReload({ page }: OpenPage): Promise<number> {
  await page.reload({ waitUntil: 'commit' })
  return (await openedProbe(page)).interactiveMs
}

/** From another chat, by the list beside it. */
export async function measureFollowing({ page }: OpenPage, opening: Opening): Promise<number> {
  // Somebody reads for a while; by then a page has done what it does when it is left alone.
  await page.waitForTimeout(readingMs)
  await page.evaluate(installProbe, opening)
  return (await openedProbe(page)).interactiveMs
}

async function openedProbe(page: Page) {
  await page.waitForFunction(() => window.probe.interactiveMs !== undefined, undefined, {
    timeout: answerMsMax,
  })
  const { interactiveMs = Number.NaN, longestTaskMs } = await page.evaluate(() => window.probe)
  return { interactiveMs, longestTaskMs }
}

export async function measureTyping({ page, cdp }: OpenPage) {
  await page.locator('textarea').click()
  await page.evaluate(() => {
    window.probe.slowestEventMs = 0
  })
  const { taskMs } = await taskMsDuring(cdp, () => page.keyboard.type(typed, { delay: 50 }))
  return {
    keystrokeMs: taskMs / typed.length,
    slowestKeystrokeMs: await page.evaluate(() => window.probe.slowestEventMs),
  }
}

/** Asks, and waits for the answer's last word and for the page to say that nobody writes any more. */
export async function measureStreaming(
  { page, cdp }: OpenPage,
  answerEnds: string,
): Promise<StreamingCost> {
  await untilListening(page)
  await page.locator('textarea').fill('And now?')
  const ends = await countOf(page, answerEnds)
  return taskMsDuring(cdp, async () => {
    await page.keyboard.press('Enter')
    await page.waitForFunction(
      ([word, before]) => {
        const text = document.querySelector('#conversation')?.textContent ?? ''
        const isWriting = document.querySelector('#conversation [aria-busy="true"]')
        return !isWriting && text.split(word).length - 1 > before
      },
      [answerEnds, ends] as const,
      // Looking at a long text often would be most of what is measured.
      { polling: 500, timeout: answerMsMax },
    )
  })
}

/** The compressed bytes of a first visit, up to the moment at which a person can do something. */
export async function scriptBytesOf(page: Page, url: string): Promise<number> {
  const scripts = watchScripts(page)
  await page.goto(url)
  await untilListening(page)
  await scripts.settled()
  return scripts.bytes()
}

async function untilListening(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    Object.keys(document.querySelector('textarea') ?? {}).some((key) => key.startsWith('__react')),
  )
}

function countOf(page: Page, word: string): Promise<number> {
  return page.evaluate(
    (searched) =>
      (document.querySelector('#conversation')?.textContent ?? '').split(searched).length - 1,
    word,
  )
}

async function taskMsDuring(cdp: CDPSession, work: () => Promise<void>): Promise<StreamingCost> {
  const before = await readPageMetrics(cdp)
  await work()
  const after = await readPageMetrics(cdp)
  return { scriptMs: after.scriptMs - before.scriptMs, taskMs: after.taskMs - before.taskMs }
}
