import type { Locator } from 'playwright/test'
import { axeFindings } from '../fixtures/axe'
import { expectFitsAcross } from '../fixtures/layout'
import { phone } from '../fixtures/screens'
import { expect, test } from '../fixtures/story-test'
import { fill } from '../fixtures/words'
import { ChatPage } from '../pages/chat-page'
import { step } from '../upstream/steps'
import type { ScriptedUpstream } from '../fixtures/scripted-upstream'

/** Each model names itself; the one that reasons waits in the middle. */
function answerByName(upstream: ScriptedUpstream, question: string) {
  const gate = upstream.gate(question)
  upstream.script(question, ({ body }) => {
    const model = String(body['model'])
    const rest = [step.text(`${model} goes on`)]
    return model === 'test-reasoner'
      ? [step.text('So far, '), step.wait(gate.opened), ...rest]
      : rest
  })
  return gate
}

/** Adds a model to those that answer, by keyboard alone. */
async function compareWith({ page, modelPicker, words }: ChatPage, model: string): Promise<void> {
  await modelPicker.press('Enter')
  const search = page.getByRole('combobox', { name: words.models.search })
  await expect(search).toBeFocused()
  const compare = page.getByRole('button', { name: words.comparison.compare })
  await compare.press('Enter')
  await search.fill(model)
  await search.press('Enter')
  await page.keyboard.press('Escape')
  await expect(modelPicker).toBeFocused()
}

function columns({ log, words }: ChatPage): Locator {
  return log.getByRole('group', { name: words.comparison.label }).getByRole('region')
}

test('two models answer side by side, a reload goes on with both, and the chat goes on with one', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  const { words } = chat
  const gate = answerByName(upstream, question)
  await compareWith(chat, 'test-reasoner')
  await chat.say(question)
  const [first, second] = [columns(chat).nth(0), columns(chat).nth(1)]
  await expect(first).toContainText('test-model goes on')
  await expect(second).toContainText('So far,')

  await page.reload()
  await chat.ready()
  await expect(first).toContainText('test-model goes on')
  await expect(second).toContainText('So far,')
  expect(await axeFindings(page)).toEqual([])
  gate.open()
  await expect(second).toContainText('So far, test-reasoner goes on')
  await expect(second.getByRole('button', { name: words.comparison.stop })).toBeHidden()

  await second.getByRole('button', { name: words.comparison.goOn }).press('Enter')
  await expect(columns(chat)).toHaveCount(0)
  await expect(chat.answer).toContainText('So far, test-reasoner goes on')
  await expect(chat.composer).toBeFocused()
  const position = fill(words.branches.position, { at: 2, count: 2 })
  await expect(chat.answer.getByText(position, { exact: true })).toBeAttached()

  await chat.say(`${question} and on`)
  await chat.finished()
  const asked = JSON.stringify(upstream.asked(`${question} and on`).at(-1)?.body)
  expect(asked).toContain('So far, test-reasoner goes on')
  expect(asked).not.toContain('test-model goes on')
})

test('手机上并排的回答可以左右滑动，停止时一起停止', async ({
  anotherContext,
  upstream,
  question,
}) => {
  const context = await anotherContext({ ...phone, locale: 'zh-CN' })
  const chat = await new ChatPage(await context.newPage(), 'zh-CN').open()
  const gate = upstream.gate(question)
  upstream.script(question, () => [step.text('说到一半'), step.wait(gate.opened)])
  await compareWith(chat, 'test-reasoner')
  await chat.say(question)
  for (const index of [0, 1]) await expect(columns(chat).nth(index)).toContainText('说到一半')
  await expectFitsAcross(chat.page)
  await expect(columns(chat).nth(1)).not.toBeInViewport({ ratio: 0.9 })
  await columns(chat)
    .nth(1)
    .evaluate((column) => column.scrollIntoView({ inline: 'center', block: 'nearest' }))
  await expect(columns(chat).nth(1)).toBeInViewport({ ratio: 0.9 })

  await chat.stop.tap()
  for (const index of [0, 1])
    await expect(columns(chat).nth(index)).toContainText(chat.words.chat.stopped)
  gate.open()
})
