import { axeFindings } from '../fixtures/axe'
import { expectFitsAcross } from '../fixtures/layout'
import { phone } from '../fixtures/screens'
import { expect, test } from '../fixtures/story-test'
import { chatCompletionsModel } from '../fixtures/test'
import { fill } from '../fixtures/words'
import { ChatPage } from '../pages/chat-page'

const preset = {
  name: 'Translator',
  icon: 'languages',
  instructions: 'Translate what I say into French.',
  model: null,
  parameters: { temperature: 0.1, topP: null, maxOutputTokens: null, reasoningEffort: null },
  suggestions: ['Good morning'],
}

test('a preset is made in the settings, begun with by “/”, and outlives its deletion in its chat', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  const { presets: words, library } = chat.words
  await page.goto('/?settings=presets')
  const dialog = chat.settings
  await dialog.getByRole('button', { name: words.create }).click()
  await dialog.getByRole('textbox', { name: library.name }).fill(preset.name)
  await dialog.getByRole('radio', { name: words.icons.languages }).check()
  const instructions = dialog.getByRole('textbox', { name: words.instructions })
  await instructions.fill(preset.instructions)
  // Nothing that was written goes with the dialog.
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await page.getByRole('button', { name: chat.words.settingsDialog.goOn }).click()
  await expect(instructions).toHaveValue(preset.instructions)
  const suggestion = fill(words.suggestion, { number: '1' })
  await dialog.getByRole('textbox', { name: suggestion }).fill(`${question}, good morning`)
  expect(await axeFindings(page)).toEqual([])
  await dialog.getByRole('button', { name: library.save }).click()
  const edit = dialog.getByRole('button', { name: fill(library.edit, { name: preset.name }) })
  await expect(edit).toBeFocused()
  await page.keyboard.press('Escape')

  await chat.composer.pressSequentially('/trans')
  const option = page.getByRole('option', { name: preset.name })
  await expect(option).toHaveAttribute('aria-selected', 'true')
  await expect(chat.composer).toHaveAttribute(
    'aria-activedescendant',
    (await option.getAttribute('id')) ?? '',
  )
  expect(await axeFindings(page)).toEqual([])
  await chat.composer.press('Enter')
  await expect(page.getByRole('heading', { name: preset.name })).toBeVisible()
  await expect(chat.composer).toHaveValue('')
  expect(new URL(page.url()).searchParams.get('preset')).toBeTruthy()
  await page.getByRole('button', { name: question }).click()
  await chat.finished()

  await page.goto(`${page.url()}?settings=presets`)
  const removed = page.waitForResponse((response) => response.request().method() === 'DELETE')
  await dialog.getByRole('button', { name: fill(library.delete, { name: preset.name }) }).click()
  await removed
  await page.keyboard.press('Escape')
  await chat.say(`${question}, good night`)
  await chat.finished()

  const asked = upstream.asked(question).map(({ body }) => JSON.stringify(body))
  expect(asked.map((body) => body.includes(preset.instructions))).toEqual([true, true])
  await chat.modelPicker.click()
  await page.getByRole('button', { name: chat.words.models.parameters }).click()
  await expect(page.getByText(fill(words.withPreset, { name: preset.name }))).toBeVisible()
})

test('a chat that is begun in the settings has the model of its preset, and without one the picked', async ({
  chat,
  page,
}) => {
  const { presets: words, settingsDialog } = chat.words
  const model = chatCompletionsModel
  for (const [id, data] of [
    ['own', { ...preset, name: 'With a model', model }],
    ['any', { ...preset, name: 'With any' }],
  ] as const)
    await page.request.put(`/api/presets/${id}`, { data })
  const dialog = chat.settings
  const begin = async (name: string) => {
    await page.getByRole('button', { name: chat.words.settings.open }).click()
    await dialog.getByRole('tab', { name: settingsDialog.part.presets }).click()
    await dialog.getByRole('button', { name: fill(words.begin, { name }) }).click()
    await expect(page.getByRole('heading', { name })).toBeVisible()
  }
  await chat.chooseModel('Upstream', 'test-reasoner')

  await begin('With any')
  await expect(chat.modelPicker).toContainText('test-reasoner')
  await begin('With a model')
  await expect(chat.modelPicker).toContainText('test-model')
})

test.describe('on a phone, in Chinese', () => {
  test.use(phone)

  test('a link begins with a preset, and the sign of a Chinese keyboard finds another', async ({
    chat: { page: first },
    anotherContext,
  }) => {
    for (const [id, name] of [
      ['translator', '翻译助手'],
      ['teacher', '物理老师'],
    ])
      await first.request.put(`/api/presets/${id}`, { data: { ...preset, name } })
    const storageState = await first.context().storageState()
    const context = await anotherContext({ ...phone, storageState, locale: 'zh-CN' })
    const page = await context.newPage()
    const chat = await new ChatPage(page, 'zh-CN').open('/?preset=translator')
    await expect(page.getByRole('heading', { name: '翻译助手' })).toBeVisible()

    await chat.composer.pressSequentially('、物理')
    const option = page.getByRole('option', { name: '物理老师' })
    await expect(option).toBeVisible()
    // The Enter that ends a composition belongs to the input method.
    await chat.composer.dispatchEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true })
    await expect(option).toBeVisible()
    await chat.composer.press('Escape')
    await expect(option).toBeHidden()
    await chat.composer.fill('')
    await chat.composer.fill('/物理')
    await option.tap()
    await expect(page.getByRole('heading', { name: '物理老师' })).toBeVisible()
    await expectFitsAcross(page)

    await page.goto('/?preset=gone')
    await expect(page.getByRole('alert').filter({ hasText: chat.words.presets.gone })).toBeVisible()
    await page.getByRole('button', { name: chat.words.presets.without }).tap()
    await expect(page.getByRole('heading', { name: chat.words.welcome.greeting })).toBeVisible()
  })
})
