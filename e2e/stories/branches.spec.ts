import type { Locator } from 'playwright/test'
import { phone } from '../fixtures/screens'
import { expect, test } from '../fixtures/story-test'
import { fill } from '../fixtures/words'
import { ChatPage } from '../pages/chat-page'

/** The versions of a message, as its row tells and offers them. */
function versionsOf(message: Locator, { words }: ChatPage) {
  const { branches } = words
  return {
    previous: message.getByRole('button', { name: branches.previous }),
    next: message.getByRole('button', { name: branches.next }),
    position: (at: number, count: number) =>
      message.getByText(fill(branches.position, { at, count }), { exact: true }),
  }
}

async function topOf(message: Locator): Promise<number> {
  return (await message.boundingBox())?.y ?? Number.NaN
}

test('an edited question stands beside the first, with what followed each, also after a reload', async ({
  chat,
  page,
}) => {
  await chat.say('say: First answer')
  await chat.finished()
  await chat.say('long: 12')
  await chat.finished()

  const { branches, chat: words } = chat.words
  const first = chat.questions.first()
  const edit = first.getByRole('button', { name: words.edit })
  await edit.focus()
  await page.keyboard.press('Enter')
  const box = page.getByRole('textbox', { name: branches.editLabel })
  await expect(box).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(edit, 'leaving gives the focus back').toBeFocused()
  await page.keyboard.press('Enter')
  await box.fill('say: Second answer')
  await box.press('Enter')
  await expect(chat.answer).toContainText('Second answer')
  await chat.finished()
  await expect(chat.answers).toHaveCount(1)

  const versions = versionsOf(first, chat)
  await expect(versions.position(2, 2)).toBeAttached()
  const top = await topOf(first)
  await versions.previous.click()
  await expect(chat.answers).toHaveCount(2)
  await expect(versions.position(1, 2)).toBeAttached()
  await expect(versions.previous, 'the button that was used keeps the focus').toBeFocused()
  expect(Math.abs((await topOf(first)) - top), 'it stands where it stood').toBeLessThan(2)

  await page.reload()
  await chat.ready()
  await expect(chat.answers).toHaveCount(2)
  await versions.next.press('Enter')
  await expect(chat.answer).toContainText('Second answer')
  await expect(chat.answers).toHaveCount(1)
})

test('an earlier answer is given again by another model, and both are kept', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  await chat.say(`${question}\nsay: Something`)
  await chat.finished()
  await chat.say('say: Afterwards')
  await chat.finished()

  const earlier = chat.answers.first()
  await earlier.getByRole('button', { name: chat.words.chat.more }).click()
  await page
    .getByRole('group', { name: chat.words.branches.answerWith })
    .getByRole('menuitem', { name: 'test-reasoner' })
    .first()
    .click()
  await expect(page.getByRole('heading', { name: 'test-reasoner answered' })).toBeAttached()
  await chat.finished()
  await expect(chat.answers).toHaveCount(1)
  expect(upstream.asked(question).map(({ body }) => body['model'])).toContain('test-reasoner')

  await versionsOf(chat.answer, chat).previous.click()
  await expect(chat.answer).toContainText('Afterwards')
  await expect(versionsOf(earlier, chat).position(1, 2)).toBeAttached()
})

test('another tab follows to the other branch, while the answer on this one goes on', async ({
  chat,
  context,
  upstream,
  question,
}) => {
  await chat.say('say: The old one')
  await chat.finished()
  const other = new ChatPage(await context.newPage())
  await other.open(`/c/${await chat.chatId()}`)
  await expect(other.answer).toContainText('The old one')

  await chat.questions.first().hover()
  await chat.questions.first().getByRole('button', { name: chat.words.chat.edit }).click()
  const box = chat.page.getByRole('textbox', { name: chat.words.branches.editLabel })
  await box.fill(`say: The new one\nhold: ${question}\nsay:  to its end.`)
  await box.press('Enter')
  await expect(other.answer).toContainText('The new one')
  await expect(other.stop).toBeVisible()

  await versionsOf(other.questions.first(), other).previous.click()
  await expect(chat.answer).toContainText('The old one')
  await expect(other.answer).toContainText('The old one')
  await expect(chat.stop, 'what is written elsewhere can be stopped').toBeVisible()
  upstream.gate(question).open()
  await expect(chat.stop).toBeHidden()
  await expect(chat.log).not.toContainText('to its end')

  await versionsOf(chat.questions.first(), chat).next.click()
  for (const tab of [chat, other]) await expect(tab.answer).toContainText('The new one to its end.')
})

test('手机上删除一个版本及其后续内容，再撤销', async ({ anotherContext }) => {
  const context = await anotherContext({ ...phone, locale: 'zh-CN' })
  const chat = new ChatPage(await context.newPage(), 'zh-CN')
  await chat.open()
  const { branches, chat: words } = chat.words
  await chat.say('say: 第一个回答')
  await chat.finished()
  await chat.questions.first().getByRole('button', { name: words.edit }).tap()
  const box = chat.page.getByRole('textbox', { name: branches.editLabel })
  await box.fill('say: 第二个回答')
  await chat.page.getByRole('button', { name: branches.save }).tap()
  await expect(chat.answer).toContainText('第二个回答')
  await chat.finished()

  await chat.questions.first().getByRole('button', { name: words.more }).tap()
  await chat.page.getByRole('menuitem', { name: branches.delete }).tap()
  await expect(chat.answer).toContainText('第一个回答')
  await expect(versionsOf(chat.questions.first(), chat).previous).toBeHidden()
  await chat.page.getByRole('button', { name: branches.undo }).tap()
  await expect(chat.answer).toContainText('第二个回答')
  await expect(versionsOf(chat.questions.first(), chat).position(2, 2)).toBeAttached()
})
