import type { Page } from 'playwright/test'
import { axeFindings } from '../fixtures/axe'
import { expect, test } from '../fixtures/story-test'
import { ChatPage } from '../pages/chat-page'

async function openParameters({ modelPicker, page, words }: ChatPage) {
  await modelPicker.click()
  await page.getByRole('button', { name: words.models.parameters }).click()
  return page.getByRole('region', { name: words.parameters.title })
}

const settingsSaved = (page: Page) =>
  page.waitForResponse(
    (response) => response.url().endsWith('/settings') && response.request().method() === 'PATCH',
  )

test('a chat’s temperature is chosen before its first message, and taken back for the next', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  const { parameters: words, models, settingsDialog } = chat.words
  const panel = await openParameters(chat)
  await expect(panel.getByRole('heading', { name: words.title })).toBeFocused()
  await panel.getByRole('spinbutton', { name: words.temperature }).fill('0.2')
  await panel.getByRole('spinbutton', { name: words.maxOutputTokens }).fill('0')
  await expect(panel.getByRole('alert').filter({ hasText: '1,000,000' })).toBeVisible()
  await panel.getByRole('spinbutton', { name: words.maxOutputTokens }).fill('256')
  await page.keyboard.press('Tab')
  await expect(panel.getByRole('status')).toHaveText(settingsDialog.saved)
  expect(await axeFindings(page)).toEqual([])
  await panel.getByRole('button', { name: words.back }).click()
  await expect(page.getByRole('button', { name: models.parameters })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(chat.modelPicker).toBeFocused()

  await chat.say(question)
  await chat.finished()
  const again = await openParameters(chat)
  await expect(again.getByRole('spinbutton', { name: words.temperature })).toHaveValue('0.2')
  const saved = settingsSaved(page)
  await again.getByRole('button', { name: words.reset }).click()
  await saved
  await page.keyboard.press('Escape')
  await chat.say(`${question} again`)
  await chat.finished()

  const [first, second] = upstream.asked(question).map(({ body }) => body)
  expect(first).toMatchObject({ temperature: 0.2, max_tokens: 256 })
  expect(second).not.toHaveProperty('temperature')
})

test('what one tab chooses, the panel of another shows at once', async ({
  chat,
  page,
  question,
}) => {
  const { parameters: words } = chat.words
  await chat.say(question)
  await chat.finished()
  const otherPage = await page.context().newPage()
  const other = await new ChatPage(otherPage).open(`/c/${await chat.chatId()}`)
  const shown = await openParameters(other)
  const topP = shown.getByRole('spinbutton', { name: words.topP })
  await expect(topP).toHaveValue('')

  const panel = await openParameters(chat)
  await panel.getByRole('spinbutton', { name: words.topP }).fill('0.35')
  await page.keyboard.press('Tab')

  await expect(topP).toHaveValue('0.35')
})
