import { expect, test } from '../fixtures/story-test'
import { wordsOf } from '../fixtures/words'
import { ChatPage } from '../pages/chat-page'

test('the language is the browser’s, can be switched, and stays', async ({
  chat,
  page,
  anotherContext,
}) => {
  const chinese = wordsOf['zh-CN']
  await chat.say('say: 说了什么')
  await chat.finished()
  await chat.openSettings()
  await page.getByRole('radio', { name: '简体中文' }).click()
  await expect(page.getByRole('heading', { name: chinese.settingsDialog.title })).toBeVisible()
  await page.goBack()
  const switched = new ChatPage(page, 'zh-CN')
  await expect(switched.composer).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await expect(switched.answer, 'the conversation is still there').toContainText('说了什么')
  await page.reload()
  await switched.ready()
  await expect(switched.answer).toContainText('说了什么')
  await expect(page.getByRole('link', { name: chinese.sidebar.newChat }).first()).toBeVisible()

  const visitor = await anotherContext({ locale: 'zh-CN' })
  const visited = new ChatPage(await visitor.newPage(), 'zh-CN')
  await visited.open()
  await expect(visited.page.getByRole('heading', { name: chinese.welcome.greeting })).toBeVisible()
})

test('the theme is the system’s, can be switched, and is there before the first frame', async ({
  chat,
  page,
}) => {
  const html = page.locator('html')
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(html).toHaveClass(/\bdark\b/)
  await page.emulateMedia({ colorScheme: 'light' })
  await expect(html).not.toHaveClass(/\bdark\b/)

  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await ground()
  await page.getByRole('radio', { name: chat.words.settings.dark }).click()
  await expect(html).toHaveClass(/\bdark\b/)
  const dark = await ground()
  expect(dark).not.toBe(light)

  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.body) return
      observer.disconnect()
      Reflect.set(window, 'groundAtFirst', getComputedStyle(document.body).backgroundColor)
    }).observe(document, { childList: true, subtree: true })
  })
  await page.reload()
  await chat.ready()
  expect(await page.evaluate(() => Reflect.get(window, 'groundAtFirst'))).toBe(dark)
  await expect(page.getByRole('radio', { name: chat.words.settings.dark })).toBeChecked()
})

test('a theme comes at once: nothing fades into it', async ({ chat, page }) => {
  await chat.say('say: Something with buttons')
  await chat.finished()
  await page.evaluate(() => {
    const fading = new Array<string>()
    Reflect.set(window, 'fading', fading)
    const note = (event: TransitionEvent) => fading.push(event.propertyName)
    document.addEventListener('transitionrun', note, { capture: true })
  })
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('html')).toHaveClass(new RegExp(`\\b${colorScheme}\\b`))
    await expect(page.locator('html')).not.toHaveAttribute('data-still')
  }
  expect(await page.evaluate(() => Reflect.get(window, 'fading'))).toEqual([])
})

test('the sidebar folds away, and stays so', async ({ chat, page }) => {
  const { fold, unfold } = chat.words.sidebar
  await page.getByRole('button', { name: fold }).click()
  await expect(chat.chats).toBeHidden()
  await page.reload()
  await chat.ready()
  await expect(chat.chats).toBeHidden()
  await page.getByRole('button', { name: unfold }).click()
  await expect(chat.chats).toBeVisible()
})
