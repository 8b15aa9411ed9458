import type { Page } from 'playwright/test'
import { axeFindings } from '../fixtures/axe'
import { phone } from '../fixtures/screens'
import { scriptedTitle } from '../fixtures/scripted-upstream'
import { expect, test } from '../fixtures/story-test'
import { wordsOf } from '../fixtures/words'
import { ChatPage } from '../pages/chat-page'

const { palette, search, shortcuts } = wordsOf.en

const field = (page: Page, label: string = palette.label) =>
  page.getByRole('combobox', { name: label })

test('a phrase in Chinese is found by a key, and opens at its message', async ({ page, chat }) => {
  await chat.say('pace: 0\nsay: 我在北京大学读书。')
  await chat.finished()
  const chatId = await chat.chatId()
  for (let each = 0; each < 3; each += 1) {
    await chat.say(`pace: 0\nsay: ${`Something else. `.repeat(60)}`)
    await chat.finished()
  }
  await chat.startNewChat()

  await page.keyboard.press('Control+k')
  await field(page).fill('北京大学')
  await expect(page.getByRole('option', { name: /我在北京大学读书/ }).first()).toBeVisible()
  expect(await axeFindings(page)).toEqual([])
  await page.getByRole('option', { name: /^我在北京大学读书/ }).click()

  await expect(page).toHaveURL(new RegExp(`/c/${chatId}\\?message=`))
  const linked = chat.log.locator('[aria-current="location"]')
  await expect(linked).toContainText('我在北京大学读书。')
  await expect(linked).toBeInViewport()
  const marked = () =>
    page.evaluate(() => {
      const [range] = CSS.highlights.get('found') ?? []
      return range instanceof Range ? range.toString() : ''
    })
  await expect.poll(marked).toBe('北京大学')
})

test('a chat that stands in no list opens under its title', async ({ page, chat }) => {
  const windowTitle = `${scriptedTitle} — ${chat.words.app.name}`
  await chat.say('pace: 0\nsay: A harbour at dusk.')
  await chat.finished()
  await expect(page).toHaveTitle(windowTitle)
  await chat.chatMenu(scriptedTitle, chat.words.organise.archive)
  await expect(chat.chat(scriptedTitle)).toHaveCount(0)
  await chat.open()

  await page.keyboard.press('Control+k')
  await field(page).fill('harbour')
  await page.getByRole('option', { name: /^A harbour/ }).click()
  await expect(chat.answer).toContainText('A harbour at dusk.')
  await expect(page.getByRole('heading', { level: 1, name: scriptedTitle })).toBeVisible()
  await expect(page).toHaveTitle(windowTitle)
})

test('the search page narrows down, and its address does it again', async ({
  page,
  context,
  chat,
}) => {
  await chat.say('pace: 0\nsay: A heron answers.')
  await chat.finished()
  const chatId = await chat.chatId()
  const folderId = `birds-${chatId}`
  for (const [id, name] of [
    [folderId, 'Birds'],
    [`other-${chatId}`, 'Other'],
  ])
    await context.request.post('/api/folders', { data: { id, name } })
  await context.request.patch(`/api/chats/${chatId}`, { data: { folderId } })
  await page.goto('/search')
  await page.getByRole('searchbox', { name: search.label }).fill('heron')
  const messages = page.getByRole('region', { name: search.messages }).getByRole('listitem')
  await expect(messages).toHaveCount(2)

  await page.getByLabel(search.role).selectOption(search.byModel)

  await expect(messages).toHaveCount(1)
  await expect(messages).toContainText('A heron answers.')
  expect(await axeFindings(page)).toEqual([])
  await page.reload()
  await expect(messages).toHaveCount(1)
  await page.getByLabel(search.folder, { exact: true }).selectOption('Other')
  await expect(page.getByText(search.nothingFiltered)).toBeVisible()
  await page.getByLabel(search.folder, { exact: true }).selectOption('Birds')
  await expect(messages).toHaveCount(1)
  await page.reload()
  await expect(page.getByLabel(search.folder, { exact: true })).toHaveValue(folderId)
  await expect(messages).toHaveCount(1)
  await page.getByLabel(search.from).fill('2999-01-01')
  await expect(page.getByText(search.nothingFiltered)).toBeVisible()
  await page.getByRole('button', { name: search.clear }).click()
  await expect(messages).toHaveCount(2)

  await messages.filter({ hasText: 'A heron answers.' }).last().getByRole('link').click()
  await expect(chat.log.locator('[aria-current="location"]')).toBeVisible()
})

test('the keyboard alone finds a command, runs it, and is back where it was', async ({
  page,
  chat,
}) => {
  await chat.composer.fill('half a sentence')
  await page.keyboard.press('Control+k')
  await field(page).fill('dark')
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveClass(/dark/)
  await expect(field(page)).toBeHidden()
  await expect(chat.composer).toBeFocused()

  await page.keyboard.press('Control+k')
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('option', { selected: true })).toHaveText(/Language|语言/)
  await page.keyboard.press('Escape')
  await expect(chat.composer).toBeFocused()
  await expect(chat.composer).toHaveValue('half a sentence')

  await page.keyboard.press('Alt+Shift+S')
  await expect(chat.chats).toBeHidden()
  await chat.composer.blur()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: shortcuts.title })).toContainText('Ctrl')
})

test.describe('on a phone, in Chinese', () => {
  test.use({ ...phone, locale: 'zh-CN' })

  test('search is in the list of chats, and fills the screen', async ({ page }) => {
    const chat = await new ChatPage(page, 'zh-CN').open()
    const words = wordsOf['zh-CN']
    await chat.say('pace: 0\nsay: 苍鹭站在水里。')
    await chat.finished()

    await page.getByRole('button', { name: words.sidebar.open }).click()
    await page.getByRole('button', { name: words.sidebar.search }).click()
    await field(page, words.palette.label).fill('苍鹭')

    const found = page.getByRole('option', { name: /^苍鹭站在水里/ })
    await expect(found).toBeVisible()
    const box = await page.getByRole('dialog', { name: words.palette.label }).boundingBox()
    expect(box).toMatchObject({ x: 0, y: 0, ...phone.viewport })
    await found.click()
    await expect(chat.log.locator('[aria-current="location"]')).toContainText('苍鹭站在水里。')
  })
})
