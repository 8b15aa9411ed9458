import type { Locator } from 'playwright/test'
import { phone } from '../fixtures/screens'
import { expect, test } from '../fixtures/story-test'
import { ChatPage } from '../pages/chat-page'

const said = 'The river is wide. It is not deep.'
const quoteButton = ({ page, words }: ChatPage) =>
  page.getByRole('button', { name: words.chat.quote, exact: true })

async function selectAll(element: Locator): Promise<void> {
  await element.evaluate((node) => getSelection()?.selectAllChildren(node))
}

test('what is selected is quoted behind the draft, by the button and by its key', async ({
  chat,
  page,
}) => {
  await chat.say(`say: ${said}`)
  await chat.finished()
  await chat.composer.fill('About this:')

  await chat.answer.getByText(said).click({ clickCount: 3 })
  await quoteButton(chat).click()
  await expect(chat.composer).toHaveValue(`About this:\n\n> ${said}\n\n`)
  await expect(chat.composer).toBeFocused()
  await expect(quoteButton(chat)).toBeHidden()

  await selectAll(chat.questions.first().getByText(said))
  await page.keyboard.press('Alt+Shift+V')
  await expect(chat.composer).toHaveValue(`About this:\n\n> ${said}\n\n> say: ${said}\n\n`)
})

test('the menu of a message quotes it, and copies it with and without the signs of Markdown', async ({
  chat,
  context,
  page,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await chat.say('say: A **bold** word and `code`.')
  await chat.finished()
  const { chat: words } = chat.words
  const choose = async (name: string) => {
    await chat.answer.getByRole('button', { name: words.more }).click()
    await page.getByRole('menuitem', { name }).click()
  }

  await choose(words.copyMarkdown)
  await expect.poll(copied).toBe('A **bold** word and `code`.')
  await choose(words.copyPlain)
  await expect.poll(copied).toBe('A bold word and code.')

  const more = chat.answer.getByRole('button', { name: words.more })
  await more.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: words.quoteAll })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(chat.composer).toHaveValue('> A **bold** word and `code`.\n\n')
  await expect(chat.composer).toBeFocused()
})

test('手机上引用选中的文字', async ({ anotherContext }) => {
  const context = await anotherContext({ ...phone, locale: 'zh-CN' })
  const chat = new ChatPage(await context.newPage(), 'zh-CN')
  await chat.open()
  await chat.say('say: 河面很宽，水却不深。')
  await chat.finished()
  const sentence = chat.answer.getByText('河面很宽，水却不深。')
  await sentence.tap()
  await selectAll(sentence)
  await quoteButton(chat).tap()
  await expect(chat.composer).toHaveValue('> 河面很宽，水却不深。\n\n')
})
