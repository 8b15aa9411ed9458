import type { Page, TestInfo } from 'playwright/test'
import { expectFitsAcross, smallTargets, tooWide } from '../fixtures/layout'
import { pseudoWords } from '../fixtures/pseudo-words'
import { phone, wide } from '../fixtures/screens'
import { startServer } from '../fixtures/server'
import { expect, test } from '../fixtures/story-test'
import { bothApis } from '../fixtures/test'
import { ChatPage } from '../pages/chat-page'
import { step } from '../upstream/steps'

const fromRightToLeft = test.extend({
  ownServer: async ({ upstream }, use) => {
    const server = await startServer({ env: { ...bothApis(upstream), PSEUDO_LANGUAGE: 'on' } })
    await use(server)
    await server.stop()
  },
  origin: ({ ownServer }, use) => use(ownServer.url),
  chat: async ({ page }, use) => use(await new ChatPage(page, pseudoWords).open()),
})

test.describe.configure({ mode: 'parallel' })

const rich = [
  'A list:\n\n- one\n- two\n\n> And what somebody said.\n',
  '```ts\nconst answer = 6 * 7\n```\n',
  '| Left | Right |\n| --- | ---: |\n| one | 1 |\n',
  'שלום, this line begins in Hebrew.\n',
].join('\n')

fromRightToLeft(
  'a page that runs from right to left is the mirror of one that does not',
  async ({ chat, page, upstream, question }, info) => {
    upstream.script(question, () => [step.reasoning('Well.'), step.text(rich)])
    await chat.say(question)
    await chat.finished()
    const { sidebar, settingsDialog } = chat.words

    await page.setViewportSize(wide.viewport)
    await expectFitsAcross(page)
    await shoot(page, info, 'wide')
    const list = await chat.chats.boundingBox()
    const conversation = await chat.log.boundingBox()
    expect(list?.x, 'the list of chats is at the right').toBeGreaterThan(
      conversation?.x ?? wide.viewport.width,
    )
    const bubble = await chat.questions.first().locator('p').first().boundingBox()
    expect(bubble?.x, 'questions stand at the left').toBeLessThan(wide.viewport.width / 3)
    const fold = page.getByRole('button', { name: sidebar.fold }).locator('svg')
    await expect(fold, 'signs that show the page are mirrored').toHaveCSS('scale', '-1 1')
    await expect(chat.answer.locator('pre'), 'code is not').toHaveCSS('direction', 'ltr')

    const dialog = await chat.openSettings()
    const [first, second] = [settingsDialog.part.general, settingsDialog.part.instructions].map(
      (name) => dialog.getByRole('tab', { name }),
    )
    await expect(first ?? dialog).toBeVisible()
    await shoot(page, info, 'settings')
    const tabs = await dialog.getByRole('tablist').boundingBox()
    const panel = await dialog.getByRole('tabpanel').boundingBox()
    expect(tabs?.x).toBeGreaterThan(panel?.x ?? wide.viewport.width)

    await page.setViewportSize(phone.viewport)
    await expectFitsAcross(page)
    // On a line, as they stand now, the arrows go as it runs.
    const tabList = dialog.getByRole('tablist')
    await expect(tabList).toHaveAttribute('aria-orientation', 'horizontal')
    await first?.focus()
    await page.keyboard.press('ArrowLeft')
    await expect(second ?? dialog).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()

    await shoot(page, info, 'phone')
    await page.getByRole('button', { name: sidebar.open }).click()
    const drawer = page.getByRole('dialog', { name: sidebar.label })
    await expect.poll(async () => edge(await drawer.boundingBox())).toBe(phone.viewport.width)
    await shoot(page, info, 'drawer')
  },
)

test('at twice the size and on a small screen nothing is lost, and nothing scrolls in two directions', async ({
  chat,
  page,
  upstream,
  question,
}, info) => {
  const { words } = chat
  upstream.script(question, () => [step.text(rich)])
  await chat.say(question)
  await chat.finished()
  for (const viewport of [
    { width: 640, height: 400 },
    { width: 320, height: 256 },
  ]) {
    await page.setViewportSize(viewport)
    await expectFitsAcross(page)
    await expect(chat.composer).toBeInViewport({ ratio: 1 })
    await expect(chat.send).toBeInViewport({ ratio: 1 })
    await expect(chat.log).toBeInViewport()
    await shoot(page, info, `${viewport.width}`)

    await chat.modelPicker.click()
    await expect(page.getByRole('listbox', { name: words.models.label })).toBeInViewport()
    await expectFitsAcross(page)
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: words.sidebar.open }).click()
    const dialog = await chat.openSettings()
    for (const name of Object.values(words.settingsDialog.part)) {
      await dialog.getByRole('tab', { name }).click()
      await expectFitsAcross(page)
    }
    await dialog.getByRole('button', { name: words.settingsDialog.close }).click()
    await expect(dialog).toBeHidden()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
})

test('what is too wide is found, though something cuts it off', async ({ page }) => {
  await page.setViewportSize(phone.viewport)
  const long = 'sideways'.repeat(100)
  const mayBe = `<p style="overflow: hidden; text-overflow: ellipsis">${long}</p><pre style="overflow: auto">${long}</pre>`
  await page.setContent(`<body>${mayBe}</body>`)
  expect(await tooWide(page)).toEqual([])

  const faults = `
    <div class="shell" style="overflow: hidden"><p>${long}</p></div>
    <div class="behind" style="position: fixed; right: -9px">out</div>
    <div class="before" style="position: fixed; left: -9px">out</div>`
  await page.setContent(`<body>${faults}</body>`)
  const found = await tooWide(page)
  expect(found.map((fault) => fault.split(':')[0])).toEqual([
    'div.shell',
    'div.behind',
    'div.before',
  ])
})

test('everything is large enough for a finger', async ({ anotherContext, upstream, question }) => {
  upstream.script(question, () => [step.reasoning('Well.'), step.text(rich)])
  const context = await anotherContext(phone)
  const chat = await new ChatPage(await context.newPage()).open()
  const { page, words } = chat
  expect(await smallTargets(page), 'first visit').toEqual([])
  await chat.say(question)
  await chat.finished()
  expect(await smallTargets(page), 'conversation').toEqual([])

  await chat.modelPicker.tap()
  await expect(page.getByRole('listbox', { name: words.models.label })).toBeVisible()
  expect(await smallTargets(page), 'models').toEqual([])
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: words.sidebar.open }).tap()
  await expect(page.getByRole('dialog', { name: words.sidebar.label })).toBeVisible()
  expect(await smallTargets(page), 'drawer').toEqual([])
  await chat.chats.getByRole('button').first().tap()
  await expect(page.getByRole('menu')).toBeVisible()
  expect(await smallTargets(page), 'menu').toEqual([])
  await page.keyboard.press('Escape')

  const dialog = await chat.openSettings()
  for (const name of Object.values(words.settingsDialog.part)) {
    await dialog.getByRole('tab', { name }).tap()
    expect(await smallTargets(page), name).toEqual([])
  }
})

test('with forced colours focus, choices, switches and signs are seen', async ({
  anotherContext,
  question,
}, info) => {
  const context = await anotherContext({ ...wide, forcedColors: 'active' })
  const chat = await new ChatPage(await context.newPage()).open()
  const { page, words } = chat
  await chat.say(question)
  await chat.finished()
  await chat.composer.fill('Not sent yet')
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await expect(chat.send, 'the send button stands out').not.toHaveCSS('background-color', ground)
  await expect(chat.chats.locator('[aria-current="page"]')).not.toHaveCSS('outline-style', 'none')
  for (let stops = 0; stops < 16; stops += 1) {
    await page.keyboard.press('Tab')
    const focused = page.locator(':focus')
    // Behind the last control the browser’s own have it.
    if ((await focused.count()) > 0) await expect(focused).not.toHaveCSS('outline-style', 'none')
  }
  await shoot(page, info, 'forced-colours')

  const dialog = await chat.openSettings()
  await expect(dialog.locator('[role="tab"][aria-selected="true"]')).not.toHaveCSS(
    'outline-style',
    'none',
  )
  const wrap = dialog.getByRole('switch', { name: words.settingsDialog.codeWrap })
  for (const on of [false, true]) {
    await wrap.setChecked(on)
    const { knob, track } = await wrap.evaluate((element) => ({
      knob: getComputedStyle(element, '::before').backgroundColor,
      track: getComputedStyle(element).backgroundColor,
    }))
    expect(knob).not.toBe(track)
  }
  await shoot(page, info, 'forced-colours-settings')
})

function edge(box: { x: number; width: number } | null): number {
  return box ? Math.round(box.x + box.width) : 0
}

async function shoot(page: Page, info: TestInfo, name: string): Promise<void> {
  const path = info.outputPath(`${name}.png`)
  await page.screenshot({ path, animations: 'disabled' })
  await info.attach(name, { path, contentType: 'image/png' })
}
