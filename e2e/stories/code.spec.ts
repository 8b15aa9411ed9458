import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright/test'
import type { ChatPage } from '../pages/chat-page'
import { mainThreadTasks } from '../fixtures/main-thread-tasks'
import { phone } from '../fixtures/screens'
import { expect, test } from '../fixtures/story-test'
import { gate, step } from '../upstream/steps'

const lineCount = 5_000
const code = Array.from({ length: lineCount }, (_, index) => lineOf(index)).join('\n')

test('5,000 lines stream in, coloured as they come, and the page stays smooth', async ({
  chat,
  page,
  context,
  upstream,
  question,
}) => {
  test.setTimeout(180_000)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const half = upstream.gate(question)
  upstream.script(question, function* () {
    yield step.text('```ts\n')
    const chunks = code.match(/[^]{1,400}/g) ?? []
    for (const [index, delta] of chunks.entries()) {
      yield step.text(delta)
      yield step.wait(index === 50 ? half.opened : 4)
    }
    yield step.text('\n```\n')
  })
  const block = codeIn(chat, 'TypeScript')
  const tasks = await mainThreadTasks(page, async () => {
    await chat.say(question)
    await expect(block.locator('.code-keyword').first(), 'while more is coming').toBeVisible({
      timeout: 30_000,
    })
    const height = await headHeight(block)
    half.open()
    await chat.finished({ timeout: 120_000 })
    expect(await headHeight(block)).toBe(height)
  })
  expect(tasks.filter((taskMs) => taskMs > 50).length, 'tasks over 50 ms').toBeLessThan(20)

  await expect(block.locator('.code-lines').last().locator('.code-keyword').first()).toBeVisible()
  expect(await block.locator('pre').evaluate((pre) => pre.textContent)).toBe(`${code}\n`)
  expect(await block.locator('pre span').count(), 'far lines have no elements').toBeLessThan(2_000)
  await block.getByRole('button', { name: chat.words.markdown.copyCode }).click()
  await expect.poll(() => clipboard(page)).toBe(code)

  await page.reload()
  await chat.ready()
  await expect(block.locator('.code-keyword').first()).toBeVisible({ timeout: 30_000 })
  await block.locator('pre').evaluate((pre) => getSelection()?.selectAllChildren(pre))
  await page.keyboard.press('ControlOrMeta+c')
  await expect.poll(() => clipboard(page)).toBe(`${code}\n`)
})

test('scrolling through and colouring move nothing', async ({ chat, page, upstream, question }) => {
  test.setTimeout(120_000)
  upstream.script(question, () => [step.text(`\`\`\`ts\n${code}\n\`\`\`\n`)])
  await chat.say(question)
  await chat.finished({ timeout: 60_000 })
  await page.reload()
  await chat.ready()

  const block = codeIn(chat, 'TypeScript')
  const groups = block.locator('.code-lines')
  const sizes = () =>
    block
      .locator('pre')
      .evaluate(({ scrollWidth, scrollHeight }) => ({ scrollWidth, scrollHeight }))
  const before = await sizes()
  expect(before.scrollHeight).toBe(lineCount * 22 + 16)
  for (const position of [0, 40, 20, 60]) {
    await groups.nth(position).evaluate((group) => group.scrollIntoView())
    await expect(groups.nth(position).locator('.code-keyword').first()).toBeVisible()
    const { top } = await boxOf(groups.nth(position))
    await expect(groups.nth(position).locator('.code-number').last()).toBeVisible()
    expect((await boxOf(groups.nth(position))).top).toBe(top)
    expect(await sizes()).toEqual(before)
  }
})

test('code stands where it will before its font is here', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  const font = gate()
  await page.context().route(/geist-mono/, async (route) => {
    await font.opened
    await route.continue()
  })
  const inLine = Array.from({ length: 12 }, (_, index) => `then \`call(${index}, "a name")\``).join(
    ' ',
  )
  upstream.script(question, () => [
    step.text(`${inLine}\n\n\`\`\`\n${inLine}\n\`\`\`\n\n${inLine}`),
  ])
  await chat.say(question)
  await chat.finished()
  expect(await isCodeFontHere(page)).toBe(false)
  const before = await placesOfCode(chat)
  expect(before.length).toBeGreaterThan(24)

  font.open()
  await expect.poll(() => isCodeFontHere(page)).toBe(true)
  const moved = (await placesOfCode(chat)).map((at, index) => Math.abs(at - (before[index] ?? 0)))
  expect(Math.max(...moved)).toBeLessThan(2)
})

test('a selection stays while colours come', async ({ chat, page, upstream, question }) => {
  const more = upstream.gate(question)
  upstream.script(question, function* () {
    yield step.text('```ts\nconst first = 1\nconst second = 2\n')
    yield step.wait(more.opened)
    yield step.text(`${lineOf(0)}\n${lineOf(1)}\n\`\`\`\n`)
  })
  await chat.say(question)
  const block = codeIn(chat, 'TypeScript')
  await expect(block).toContainText('second')
  await block.locator('pre').evaluate((pre) => getSelection()?.selectAllChildren(pre))
  more.open()
  await chat.finished()
  await expect(block).toContainText(lineOf(1))
  expect(await page.evaluate(() => String(getSelection()))).toMatch(
    /^const first = 1\nconst second = 2\n/,
  )
  await page.evaluate(() => getSelection()?.removeAllRanges())
  await expect(block.locator('.code-number')).toHaveCount(3)
})

test('long lines scroll by keyboard, or wrap in every block and after a reload', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  const long = `const text = '${'words '.repeat(60)}'`
  upstream.script(question, () => [
    step.text(`\`\`\`js\n${long}\n\`\`\`\n\nand\n\n\`\`\`py\n${long}\n\`\`\`\n`),
  ])
  await chat.say(question)
  await chat.finished()
  const [first, second] = [codeIn(chat, 'JavaScript'), codeIn(chat, 'Python')]
  const overflow = (block: Locator) =>
    block.locator('pre').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)
  const { wrapLines } = chat.words.markdown

  expect(await overflow(first)).toBeGreaterThan(500)
  await first.getByRole('button', { name: chat.words.markdown.copyCode }).focus()
  await page.keyboard.press('Tab')
  await expect(first.locator('pre')).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect
    .poll(() => first.locator('pre').evaluate(({ scrollLeft }) => scrollLeft))
    .toBeGreaterThan(0)

  const wrap = first.getByRole('button', { name: wrapLines })
  await wrap.focus()
  await page.keyboard.press('Enter')
  await expect(wrap).toHaveAttribute('aria-pressed', 'true')
  for (const block of [first, second]) expect(await overflow(block)).toBe(0)
  await page.reload()
  await chat.ready()
  for (const block of [first, second]) {
    expect(await overflow(block)).toBe(0)
    await expect(block.getByRole('button', { name: wrapLines })).toHaveAttribute(
      'aria-pressed',
      'true',
    )
  }
  await second.getByRole('button', { name: wrapLines }).click()
  expect(await overflow(first)).toBeGreaterThan(500)
})

test('code is saved as a file of its language', async ({ chat, page, upstream, question }) => {
  upstream.script(question, () => [step.text('```python\nprint("水")\n\n# end\n```\n')])
  await chat.say(question)
  await chat.finished()
  const saved = page.waitForEvent('download')
  await codeIn(chat, 'Python')
    .getByRole('button', { name: chat.words.markdown.downloadCode })
    .click()
  const download = await saved
  expect(download.suggestedFilename()).toBe('code.py')
  expect(await readFile(await download.path(), 'utf8')).toBe('print("水")\n\n# end\n')
})

test('an unknown language is plain and starts no worker', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  upstream.script(question, () => [step.text('```klingon\nqapla = 1\n```\n')])
  await chat.say(question)
  await chat.finished()
  await expect(codeIn(chat, 'klingon')).toContainText('qapla = 1')
  expect(page.workers()).toHaveLength(0)
})

test('on a touch screen its actions are large enough for a finger', async ({
  chat,
  upstream,
  question,
  anotherContext,
  context,
}) => {
  upstream.script(question, () => [step.text('```js\nlet a\n```\n')])
  await chat.say(question)
  await chat.finished()
  const small = await anotherContext({
    ...phone,
    storageState: await context.storageState(),
  })
  const page = await small.newPage()
  await page.goto(`/c/${await chat.chatId()}`)
  const buttons = page.getByRole('group', { name: /JavaScript/ }).getByRole('button')
  await expect(buttons).toHaveCount(3)
  for (const button of await buttons.all()) {
    const box = await button.boundingBox()
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44)
  }
})

function lineOf(index: number): string {
  const lines = [
    `export function step${index}(value: number): string {`,
    `  const count = value + ${index} // counts on from here`,
    '  if (count > 10) return `more than ${count}`',
    `  return String(count)`,
    '}',
  ]
  return lines[index % lines.length] ?? ''
}

function codeIn(chat: ChatPage, language: string): Locator {
  return chat.answer.getByRole('group', { name: `Code in ${language}` })
}

function headHeight(block: Locator): Promise<number> {
  return block.locator('pre').evaluate((pre) => {
    const box = pre.parentElement?.getBoundingClientRect()
    return pre.getBoundingClientRect().top - (box?.top ?? 0)
  })
}

function boxOf(element: Locator): Promise<{ top: number }> {
  return element.evaluate((each) => ({ top: each.getBoundingClientRect().top }))
}

function clipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText())
}

function isCodeFontHere(page: Page): Promise<boolean> {
  return page.evaluate(() =>
    [...document.fonts].some(
      ({ family, status }) => family.includes('Geist Mono Variable') && status === 'loaded',
    ),
  )
}

/** Where each piece of code begins and ends, a line of it each, in pixels. */
function placesOfCode(chat: ChatPage): Promise<number[]> {
  return chat.answer
    .locator('code')
    .evaluateAll((pieces) =>
      pieces.flatMap((piece) =>
        [...piece.getClientRects()].flatMap(({ left, top, right, bottom }) => [
          left,
          top,
          right,
          bottom,
        ]),
      ),
    )
}
