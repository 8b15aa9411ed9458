import type { CDPSession, Page } from 'playwright/test'
import { chunksOf, createDocument } from '@/bench/rendering/documents/document'
import { mainThreadTasks } from './fixtures/main-thread-tasks'
import { expect, test } from './fixtures/story-test'
import { watchFonts, watchScripts } from './fixtures/watch-loads'
import { ChatPage } from './pages/chat-page'
import { gate, step, type Gate, type Step } from './upstream/steps'

/** Counts and ratios, which hold on a slow machine as on a fast one. Wall time is for `npm run bench:render`. */
const scriptBytesMax = 230_000
/** Less is a cache or a compression that was counted twice, not a page. */
const scriptBytesMin = 100_000
/** The Latin letters of both fonts. */
const fontBytesMax = 60_000
const longTaskMs = 50
const longTasksMax = 5
const growthMax = 2

/** What stands in the scripts of what loads only when it is needed. */
const lateParts = {
  formulas: /KaTeX parse error/,
  diagrams: /mermaidAPI/,
  grammars: /scopeName\\?":\\?"source\.|scopeName:"source\./,
}

// Recording for a report would be most of what is measured here.
test.use({ trace: 'off' })

test.describe('what a chat page loads', () => {
  test('stays within its budgets before the first interaction', async ({
    chat,
    anotherContext,
    upstream,
    question,
  }) => {
    upstream.script(question, () => [step.text('An answer in **plain** words, with `code`.')])
    await chat.say(question)
    await chat.finished()
    const address = `/c/${await chat.chatId()}`

    // Nothing is in its cache.
    const visitor = await anotherContext({ storageState: await chat.page.context().storageState() })
    const page = await visitor.newPage()
    const [scripts, fonts] = [watchScripts(page), watchFonts(page)]
    await new ChatPage(page).open(address)
    await scripts.settled()
    await fonts.settled()

    const bytes = await scripts.bytes()
    expect(bytes).toBeGreaterThan(scriptBytesMin)
    expect(bytes).toBeLessThanOrEqual(scriptBytesMax)
    expect(await partsIn(page, scripts.urls())).toEqual([])
    expect(fonts.urls()).not.toEqual([])
    expect(await fonts.bytes()).toBeLessThanOrEqual(fontBytesMax)
  })

  test('has formulas, diagrams and grammars when an answer does', async ({
    chat,
    page,
    upstream,
    question,
  }) => {
    const rich =
      'So $a^2 + b^2$.\n\n```ts\nconst a = 1\n```\n\n```mermaid\ngraph TD\n  A --> B\n```\n'
    upstream.script(question, () => [step.text(rich)])
    const scripts = watchScripts(page)
    await chat.say(question)
    await chat.finished()

    await expect
      .poll(async () => partsIn(page, scripts.urls()), { timeout: 30_000 })
      .toEqual(Object.keys(lateParts))
  })
})

test('a long answer costs as much at its end as at its beginning, in short tasks', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  const parts = tenthsOf(createDocument('mixed', 100_000).text)
  const gates = parts.map(() => gate())
  upstream.script(question, () => paced(parts, gates))
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable')
  await chat.say(question)

  const costs: number[] = []
  const tasks = await mainThreadTasks(page, async () => {
    for (const [index, part] of parts.entries()) {
      const before = await scriptMs(cdp)
      gates[index]?.open()
      await shown(page, part.match(/mark\d+/g)?.at(-1) ?? '')
      costs.push((await scriptMs(cdp)) - before)
    }
    await chat.finished()
  })

  // Grammars and formulas are loaded in the first part.
  const [, second = 0] = costs
  expect(costs.at(-1)).toBeLessThanOrEqual(second * growthMax)
  expect(tasks.length).toBeGreaterThan(parts.length)
  expect(tasks.filter((taskMs) => taskMs > longTaskMs).length).toBeLessThanOrEqual(longTasksMax)
})

async function partsIn(page: Page, urls: readonly string[]): Promise<string[]> {
  const texts = await Promise.all(
    urls.map(async (url) => (await page.request.get(url, { maxRetries: 2 })).text()),
  )
  return Object.entries(lateParts).flatMap(([name, sign]) =>
    texts.some((text) => sign.test(text)) ? [name] : [],
  )
}

/** Each ends behind a paragraph. */
function tenthsOf(text: string): string[] {
  const blocks = text.split(/(?<=\n\n)(?=## )/)
  return Array.from({ length: 10 }, (_, index) =>
    blocks
      .slice(
        Math.round((index * blocks.length) / 10),
        Math.round(((index + 1) * blocks.length) / 10),
      )
      .join(''),
  )
}

/** About four thousand tokens a second, each tenth when its gate opens. */
async function* paced(parts: readonly string[], gates: readonly Gate[]): AsyncGenerator<Step> {
  for (const [index, part] of parts.entries()) {
    yield step.wait(gates[index]?.opened ?? 0)
    for (const chunk of chunksOf(part)) {
      yield step.text(chunk)
      yield step.wait(1)
    }
  }
}

async function shown(page: Page, mark: string): Promise<void> {
  await page.waitForFunction(
    (word) => document.querySelector('[role="log"]')?.textContent?.includes(word),
    mark,
    // Looking is no part of the cost.
    { polling: 200, timeout: 30_000 },
  )
}

async function scriptMs(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0) * 1000
}
