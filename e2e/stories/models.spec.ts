import { startServer } from '../fixtures/server'
import { expect, test } from '../fixtures/story-test'
import { fill } from '../fixtures/words'
import { ChatPage } from '../pages/chat-page'
import { startUpstream } from '../upstream/upstream'

test('the picker lists what the servers offer, by server, without what cannot chat', async ({
  chat,
  page,
}) => {
  await chat.modelPicker.click()
  const list = page.getByRole('listbox', { name: chat.words.models.label })
  const groups = list.getByRole('group')
  await expect(groups).toHaveCount(3)
  for (const name of ['OpenAI', 'Upstream'])
    await expect(list.getByRole('group', { name }).getByRole('option')).toHaveText([
      'test-model',
      'test-reasoner',
    ])
  await expect(list.getByText(/embed/)).toHaveCount(0)
  await expect(list.getByText(chat.words.models.demoLabel)).toBeVisible()

  const search = page.getByRole('combobox', { name: chat.words.models.search })
  await expect(search).toBeFocused()
  await search.fill('reasoner')
  await expect(list.getByRole('option')).toHaveCount(2)
  await search.fill('nothing like that')
  await expect(page.getByText(chat.words.models.noMatch)).toBeVisible()
  await search.fill('upstream')
  await search.press('ArrowDown')
  await search.press('Enter')
  await expect(list).toBeHidden()
  await expect(chat.modelPicker).toHaveText('test-reasoner')
  await expect(chat.modelPicker).toBeFocused()
})

test('each chat remembers its model, and the answer names the one that gave it', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  await chat.chooseModel('Upstream', 'test-reasoner')
  await chat.say(`${question} one\nsay: By the reasoner`)
  await chat.finished()
  await expect(chat.answer.getByRole('heading', { name: 'test-reasoner answered' })).toBeAttached()
  const first = await chat.chatId()
  expect((await upstream.whenAsked(`${question} one`)).body['model']).toBe('test-reasoner')

  await chat.startNewChat()
  await expect(chat.modelPicker, 'a new chat begins with the last choice').toHaveText(
    'test-reasoner',
  )
  await chat.chooseModel('OpenAI', 'test-model')
  await chat.say(`${question} two\nsay: By the other API`)
  await chat.finished()
  expect((await upstream.whenAsked(`${question} two`)).path).toBe('/v1/responses')

  await page.locator(`a[href="/c/${first}"]`).click()
  await expect(chat.modelPicker).toHaveText('test-reasoner')
  await page.reload()
  await chat.ready()
  await expect(chat.modelPicker).toHaveText('test-reasoner')
})

test('favourites come first and hidden models go, on every device; a chat goes on with a hidden one', async ({
  chat,
  page,
  upstream,
  question,
  anotherContext,
}) => {
  const { models, settingsDialog } = chat.words
  await chat.chooseModel('OpenAI', 'test-reasoner')
  await chat.say(`${question} one`)
  await chat.finished()
  // A device that remembers no model of its own.
  const { cookies } = await page.context().storageState()
  const elsewhere = await anotherContext({ storageState: { cookies, origins: [] } })
  const otherPage = await elsewhere.newPage()
  const followed = otherPage.waitForResponse((response) => response.url().endsWith('/api/events'))
  const other = await new ChatPage(otherPage).open()
  await followed

  await page.goto(`${page.url()}?settings=models`)
  const dialog = chat.settings
  const named = (text: string) => fill(text, { model: 'test-reasoner' })
  const settingsOf = (endpoint: string) => dialog.getByRole('region', { name: endpoint })
  const star = settingsOf('Upstream').getByRole('button', { name: named(settingsDialog.favourite) })
  const saved = () => page.waitForResponse((response) => response.url().endsWith('/api/settings'))
  await Promise.all([saved(), star.click()])
  const eye = settingsOf('OpenAI').getByRole('button', { name: named(settingsDialog.hide) })
  await Promise.all([saved(), eye.click()])
  await expect(eye).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Escape')

  await other.modelPicker.press('Enter')
  const list = otherPage.getByRole('listbox', { name: models.label })
  const optionsOf = (group: string) => list.getByRole('group', { name: group }).getByRole('option')
  await expect(optionsOf(models.favourites)).toHaveText(['test-reasonerUpstream'])
  await expect(optionsOf('Upstream')).toHaveText(['test-model'])
  await expect(optionsOf('OpenAI')).toHaveText(['test-model'])
  const search = otherPage.getByRole('combobox', { name: models.search })
  await search.fill('reasoner')
  await search.press('Enter')
  await expect(other.modelPicker).toBeFocused()
  await other.say(`${question} two`)
  await other.finished()
  const { path, body } = await upstream.whenAsked(`${question} two`)
  expect([path, body['model']]).toEqual(['/v1/chat/completions', 'test-reasoner'])

  await expect(dialog).toBeHidden()
  await chat.say(`${question} three`)
  await chat.finished()
  expect((await upstream.whenAsked(`${question} three`)).path).toBe('/v1/responses')
})

test('a model that was started later is found by looking again', async ({ chat, page, watch }) => {
  const listed = { data: [{ id: 'early-model', object: 'model' }] }
  const upstream = await startUpstream({ models: listed })
  const server = await startServer({ env: { OPENAI_BASE_URL: upstream.baseUrl } })
  watch.expect(new RegExp(`elsewhere: ${server.url}`))
  await chat.open(server.url)
  await expect(chat.modelPicker).toHaveText('early-model')
  await chat.modelPicker.click()
  const list = page.getByRole('group', { name: 'OpenAI-compatible' })
  await expect(list.getByRole('option')).toHaveText(['early-model'])

  listed.data.push({ id: 'late-model', object: 'model' })
  await page.getByRole('button', { name: chat.words.models.rescan }).click()
  await expect(list.getByRole('option')).toHaveText(['early-model', 'late-model'])
  await list.getByRole('option', { name: 'late-model' }).click()
  await expect(chat.modelPicker).toHaveText('late-model')
  await page.goto('about:blank')
  await server.stop()
  await upstream.close()
})

test('reasoning is folded away with its seconds, and opens', async ({ chat, page, question }) => {
  const { thoughtFor } = chat.words.chat
  await chat.say(`${question}\nthink: Two doors, one river.\nwait: 30\nsay: Take the left one.`)
  await chat.finished()
  const summary = chat.answer.getByRole('button', { name: thoughtFor.replace('{seconds}', '1') })
  await expect(summary).toHaveAttribute('aria-expanded', 'false')
  await expect(chat.answer.getByText('Two doors, one river.')).toBeHidden()
  await summary.click()
  await expect(chat.answer.getByText('Two doors, one river.')).toBeVisible()
  await page.reload()
  await expect(chat.answer).toContainText('Take the left one.')
  await expect(summary).toBeVisible()
  await expect(chat.answer.getByText('Two doors, one river.')).toBeHidden()
})

test('while it thinks the seconds are counted', async ({ chat, upstream, question }) => {
  const gate = upstream.gate(question)
  await chat.say(`${question}\nthink: Let me see.\nhold: ${question}\nsay: Done.`)
  await expect(chat.answer.getByRole('button', { name: 'Thinking, 1 s' })).toBeVisible()
  await expect(chat.answer.getByRole('button', { name: 'Thinking, 2 s' })).toBeVisible()
  gate.open()
  await chat.finished()
  await expect(chat.answer.getByRole('button', { name: /Thought for \d s/ })).toBeVisible()
})
