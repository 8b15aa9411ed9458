import type { BrowserContext } from 'playwright/test'
import { startNetwork, type Network } from '../fixtures/network'
import { expect, test as base } from '../fixtures/story-test'
import { startVersionProxy, type VersionProxy } from '../fixtures/version-proxy'
import { step } from '../upstream/steps'

/** A browser with a service worker, whose connection to the server can be cut. */
const test = base.extend<{ network: Network }>({
  serviceWorkers: 'allow',
  network: async ({ server }, use) => {
    const network = await startNetwork(server.port)
    await use(network)
    await network.close()
  },
  origin: ({ network }, use) => use(network.url),
})

const testOfVersions = base.extend<{ versions: VersionProxy }>({
  serviceWorkers: 'allow',
  versions: async ({ server }, use) => {
    const versions = await startVersionProxy(server.url)
    await use(versions)
    await versions.close()
  },
  origin: ({ versions }, use) => use(versions.url),
})

const cutConnection =
  /ERR_(INTERNET_DISCONNECTED|CONNECTION|INCOMPLETE|EMPTY|SOCKET|NETWORK|FAILED)|Failed to fetch/

test('without a network the app opens, says so, and has the last chats and what was being written', async ({
  chat,
  page,
  network,
  watch,
  upstream,
  question,
}, info) => {
  watch.expect(cutConnection)
  const { words } = chat
  upstream.script(`${question} 1`, () => [step.text('Kept in **this** device.')])
  await chat.say(`${question} 1`)
  await chat.finished()
  const first = await chat.chatId()
  await chat.startNewChat()
  upstream.script(`${question} 2`, () => [step.text('The second answer.')])
  await chat.say(`${question} 2`)
  await chat.finished()
  const second = await chat.chatId()
  await expect.poll(() => keptPaths(page.context())).toContain(`/api/chats/${second}`)
  await page.goto(`/c/${first}`)
  await chat.ready()
  await chat.composer.fill('Not sent yet')
  await expect.poll(() => keptPaths(page.context())).toContain(`/api/chats/${first}`)
  await expect.poll(() => keptPaths(page.context())).toContain('/offline')

  network.pull()
  await page.reload()
  await chat.ready()
  await expect(page.getByText(words.offline.kept)).toBeVisible()
  await expect(chat.answer).toContainText('Kept in this device.')
  await expect(chat.composer).toHaveValue('Not sent yet')
  await page.screenshot({ path: info.outputPath('offline.png') })
  await chat.chats.locator(`a[href="/c/${second}"]`).click()
  await expect(chat.answer).toContainText('The second answer.')
  await page.goto('/search')
  await expect(page.getByText(words.offline.page)).toBeVisible()

  await page.goto(`/c/${first}`)
  await expect(chat.answer).toContainText('Kept in this device.')
  network.plugIn()
  await expect(page.getByText(words.offline.back)).toBeVisible()
  await page.getByRole('button', { name: words.offline.reload }).click()
  await chat.ready()
  await expect(page.getByText(words.offline.back)).toHaveCount(0)
  await expect(chat.composer).toHaveValue('Not sent yet')
})

test('nothing of one user is shown to the next, with or without a network', async ({
  chat,
  page,
  network,
  watch,
  question,
}) => {
  watch.expect(cutConnection)
  await chat.say(question)
  await chat.finished()
  const address = `/c/${await chat.chatId()}`
  await expect.poll(() => keptPaths(page.context())).toContain(`/api/chats/${await chat.chatId()}`)
  await expect.poll(() => keptPaths(page.context())).toContain('/offline')

  // The session is another’s from the next page on, and the network goes right after it.
  await page.context().clearCookies()
  await page.goto('/')
  await chat.ready()
  network.pull()
  await page.goto(address)
  await expect(page.getByRole('heading', { name: chat.words.offline.title })).toBeVisible()
  await expect(page.getByText(question)).toHaveCount(0)
  network.plugIn()
  await page.goto('/')
  await chat.ready()
  await expect.poll(() => keptPaths(page.context())).not.toContain(`/api/chats/${address.slice(3)}`)

  // Signed out: the browser forgets at once. What the page that is still open asks for is refused.
  watch.expect(/^status 401: GET/, /status of 401/)
  await chat.say(`${question} again`)
  await chat.finished()
  await page.evaluate(async () => {
    localStorage.setItem('rivulet.draft.new', 'mine')
    const headers = { 'content-type': 'application/json' }
    await fetch('/api/session', { method: 'DELETE', headers, body: '{}' })
  })
  await expect.poll(() => page.evaluate(() => localStorage.getItem('rivulet.draft.new'))).toBeNull()
  await expect.poll(() => keptPaths(page.context())).toEqual([])
})

test('an answer streams past the worker, token by token, and none of it is kept', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  await expect.poll(() => keptPaths(page.context())).toContain('/offline')
  const fromWorker: string[] = []
  page.on('response', (response) => {
    if (response.fromServiceWorker()) fromWorker.push(new URL(response.url()).pathname)
  })
  await page.reload()
  await chat.ready()
  expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  expect(fromWorker.filter((path) => path.startsWith('/_next/static/'))).not.toEqual([])

  const gate = upstream.gate(question)
  await chat.say(`${question}\nsay: So far\nhold: ${question}\nsay:  and on`)
  await expect(chat.answer, 'before the stream has ended').toContainText('So far')
  gate.open()
  await chat.finished()
  expect(fromWorker.filter((path) => path.startsWith('/api/'))).toEqual([])
  expect(
    (await keptPaths(page.context())).filter((path) => /^\/api\/(chat\/|events)/.test(path)),
  ).toEqual([])
})

testOfVersions(
  'a new version is offered, and what is being written outlives it',
  async ({ chat, page, versions }) => {
    const { offline } = chat.words
    await expect.poll(() => keptPaths(page.context())).toContain('/offline')
    await page.reload()
    await chat.ready()
    await expect(page.getByText(offline.newVersion)).toHaveCount(0)
    versions.release()
    await chat.composer.fill('Half a thou')
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update())
    await expect(page.getByText(offline.newVersion)).toBeVisible()
    await expect(chat.composer, 'nothing happens by itself').toHaveValue('Half a thou')

    const loaded = page.waitForEvent('load')
    await page.getByRole('button', { name: offline.reload }).click()
    await loaded
    await chat.ready()
    await expect(chat.composer).toHaveValue('Half a thou')
  },
)

/** All that the browser keeps, whoever keeps it. */
async function keptPaths(context: BrowserContext): Promise<string[]> {
  const [page] = context.pages()
  const paths = await page?.evaluate(async () => {
    const stores = await Promise.all((await caches.keys()).map((name) => caches.open(name)))
    const requests = await Promise.all(stores.map((store) => store.keys()))
    return requests.flat().map(({ url }) => new URL(url).pathname)
  })
  return paths ?? []
}
