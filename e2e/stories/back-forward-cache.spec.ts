import { once } from 'node:events'
import { createServer } from 'node:http'
import { chromium, type BrowserContext, type Page } from 'playwright/test'
import { startFaultProxy, type FaultProxy } from '../fixtures/fault-proxy'
import { wholeBrowser } from '../fixtures/launch-options'
import { expect, test as base } from '../fixtures/story-test'
import { ChatPage } from '../pages/chat-page'

type Shows = { persisted: boolean[]; mark?: string }

/** A browser that keeps the pages it leaves, as people’s do and Playwright’s does not by itself. */
const test = base.extend<{ passage: FaultProxy; keeping: BrowserContext; elsewhere: string }>({
  // Pages of ours say no-store, which Chromium heeds and other browsers do not.
  passage: async ({ server }, use) => {
    const proxy = await startFaultProxy({
      target: server.url,
      rewrite: (headers) => ({ ...headers, 'cache-control': withoutNoStore(headers) }),
    })
    await use(proxy)
    await proxy.close()
  },
  keeping: async ({ passage, watch }, use) => {
    // One without windows keeps no pages.
    const browser = await chromium.launch({
      ...wholeBrowser,
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    })
    const context = await browser.newContext({ baseURL: passage.url })
    watch.watch(context, passage.url)
    await use(context)
    await browser.close()
  },
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this very pattern.
  elsewhere: async ({}, use) => {
    const other = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Elsewhere</p>')
    }).listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    await use(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`)
    other.close()
  },
})

test('row 32: a page in the back/forward cache holds no stream, and goes on where it was when it is shown', async ({
  keeping,
  elsewhere,
  passage,
  upstream,
  question,
  watch,
}) => {
  watch.expect(new RegExp(`elsewhere: ${elsewhere}`))
  const page = await keeping.newPage()
  const chat = await new ChatPage(page).open()
  await page.evaluate(() => {
    const shows: Shows = { persisted: [], mark: 'kept' }
    Object.assign(globalThis, { shows })
    addEventListener('pageshow', ({ persisted }) => shows.persisted.push(persisted))
  })
  await chat.say(`${question}\nsay: Before leaving,\nhold: ${question}\nsay:  and back again.`)
  await expect(chat.answer).toContainText('Before leaving,')
  const opened = passage.streams.length

  await page.goto(elsewhere)
  await expect.poll(() => passage.openCount, 'the streams are let go').toBe(0)
  upstream.gate(question).open()
  // A page that comes back is not loaded, so there is no load to wait for.
  await page.goBack({ waitUntil: 'commit' })

  expect(await showsOf(page), 'the very page that was left').toEqual({
    persisted: [true],
    mark: 'kept',
  })
  await expect(chat.answer).toContainText('Before leaving, and back again.')
  await chat.finished()
  await expect(chat.answers).toHaveCount(1)
  expect(passage.streams.length).toBeGreaterThan(opened)
  expect(upstream.asked(question)).toHaveLength(1)
})

function showsOf(page: Page): Promise<Shows> {
  return page.evaluate(() => (globalThis as typeof globalThis & { shows: Shows }).shows)
}

function withoutNoStore({ 'cache-control': value = '' }: { 'cache-control'?: string }): string {
  return value.replaceAll(/\s*no-store,?/g, '')
}
