import { expectFitsAcross } from '../fixtures/layout'
import { phone } from '../fixtures/screens'
import { expect, test } from '../fixtures/story-test'
import { wordsOf } from '../fixtures/words'
import { ChatPage } from '../pages/chat-page'

const words = wordsOf.en.settingsDialog

test('what somebody chooses follows to their other device at once, and is there at the first frame', async ({
  chat,
  page,
  anotherContext,
}) => {
  const elsewhere = await anotherContext({ storageState: await page.context().storageState() })
  const otherPage = await elsewhere.newPage()
  const followed = otherPage.waitForResponse((response) => response.url().endsWith('/api/events'))
  await new ChatPage(otherPage).open()
  await followed
  const otherRoot = otherPage.locator('html')

  const dialog = await chat.openSettings()
  await dialog.getByRole('radio', { name: wordsOf.en.settings.dark }).click()
  await dialog.getByRole('radio', { name: words.large }).click()
  await dialog.getByRole('radio', { name: '简体中文' }).click()
  await expect(new ChatPage(page, 'zh-CN').settings).toBeVisible()

  await expect(otherRoot).toHaveClass(/\bdark\b/)
  await expect(otherRoot).toHaveAttribute('data-text-size', 'large')
  await expect(otherRoot).toHaveAttribute('lang', 'zh-CN')

  // A device that has never shown this user: nothing is remembered there.
  const { cookies } = await page.context().storageState()
  const session = cookies.filter(({ name }) => name === 'rivulet_session')
  const fresh = await anotherContext({ storageState: { cookies: session, origins: [] } })
  const first = await fresh.newPage()
  await first.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.body) return
      observer.disconnect()
      const { className, lang, dataset } = document.documentElement
      Reflect.set(window, 'atFirst', `${className} ${lang} ${dataset['textSize']}`)
    }).observe(document, { childList: true, subtree: true })
  })
  await new ChatPage(first, 'zh-CN').open()
  expect(await first.evaluate(() => Reflect.get(window, 'atFirst'))).toMatch(/dark.* zh-CN large$/)
})

test('who sends with Ctrl and Enter breaks lines with Enter', async ({ chat, page }) => {
  const dialog = await chat.openSettings()
  await dialog.getByRole('radio', { name: words.modifierEnter }).click()
  await expect(dialog.getByRole('status')).toHaveText(words.saved)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('button', { name: chat.words.settings.open })).toBeFocused()

  await expect(chat.composer).toHaveAccessibleDescription(chat.words.composer.hintModifier)
  await chat.composer.fill('say: One')
  await chat.composer.press('Enter')
  await chat.composer.pressSequentially('two')
  await expect(chat.composer).toHaveValue('say: One\ntwo')
  await chat.composer.press('Control+Enter')
  await expect(chat.answer).toContainText('One')
})

test('instructions reach the model, and not when they are switched off', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  const dialog = await chat.openSettings(words.part.instructions)
  await dialog.getByRole('textbox', { name: words.aboutUser }).fill('I teach physics.')
  await page.keyboard.press('Escape')
  await chat.say(question)
  await chat.finished()
  await chat.openSettings(words.part.instructions)
  await dialog.getByRole('switch', { name: words.instructions }).uncheck()
  await expect(dialog.getByRole('status')).toHaveText(words.saved)
  await page.keyboard.press('Escape')
  await chat.say(`${question} again`)
  await chat.finished()

  const roles = upstream
    .asked(question)
    .map(({ body }) => JSON.stringify(body).includes('I teach physics.'))
  expect(roles).toEqual([true, false])
})

test.describe('on a phone, in Chinese', () => {
  test.use(phone)

  test('a link leads into the settings, which fill the screen, and the way back leads out', async ({
    anotherContext,
  }) => {
    const { settingsDialog, settings } = wordsOf['zh-CN']
    const context = await anotherContext({ ...phone, locale: 'zh-CN' })
    const page = await context.newPage()
    const chat = new ChatPage(page, 'zh-CN')
    // Under the open dialog nothing else of the page is to be found.
    await page.goto('/?settings=models')
    const dialog = chat.settings
    await expect(dialog.getByRole('tab', { name: settingsDialog.part.models })).toHaveAttribute(
      'aria-selected',
      'true',
    )
    const whole = { x: 0, y: 0, ...phone.viewport }
    await expect.poll(() => dialog.boundingBox()).toMatchObject(whole)
    await expectFitsAcross(page)
    await dialog.getByRole('button', { name: settingsDialog.close }).tap()
    await expect(dialog).toBeHidden()
    expect(new URL(page.url()).search).toBe('')

    await page.getByRole('button', { name: chat.words.sidebar.open }).tap()
    await page.getByRole('button', { name: settings.open }).tap()
    await expect(dialog).toBeVisible()
    expect(new URL(page.url()).search).toBe('?settings=general')
    await page.goBack()
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('button', { name: settings.open })).toBeFocused()
  })
})
