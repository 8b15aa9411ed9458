import type { Page } from 'playwright/test'
import { axeFindings } from '../fixtures/axe'
import { phone, wide } from '../fixtures/screens'
import { expect, test } from '../fixtures/story-test'
import { wordsOf } from '../fixtures/words'
import { ChatPage } from '../pages/chat-page'
import { step } from '../upstream/steps'

test.describe.configure({ mode: 'parallel' })

const screens = [
  { name: 'wide', ...wide },
  { name: 'phone', ...phone },
]

for (const { name, ...screen } of screens) {
  for (const locale of ['en', 'zh-CN'] as const) {
    test(`axe finds nothing in any state: ${name}, ${locale}, light and dark`, async ({
      upstream,
      question,
      anotherContext,
    }) => {
      test.slow()
      const gate = upstream.gate(question)
      const words = wordsOf[locale]
      const context = await anotherContext({ ...screen, locale, reducedMotion: 'reduce' })
      const chat = await new ChatPage(await context.newPage(), locale).open()
      const { page } = chat
      await clean(page, 'first visit')

      await chat.modelPicker.click()
      await expect(page.getByRole('listbox', { name: words.models.label })).toBeVisible()
      await clean(page, 'model list')
      await page.keyboard.press('Escape')

      await chat.say(question)
      await chat.finished()
      await clean(page, 'conversation')

      await chat.say(`${question}\nthink: Well.\nsay: So far\nhold: ${question}\nsay:  and on`)
      await expect(chat.answer).toContainText('So far')
      await clean(page, 'streaming')
      gate.open()
      await chat.finished()

      upstream.script(`${question} fails`, () => [
        step.text('Half'),
        step.error({ message: 'Broken', code: 'server_error', type: 'server_error' }),
      ])
      await chat.say(`${question} fails`)
      await expect(chat.answer.getByRole('alert')).toBeVisible()
      await clean(page, 'failed')

      if (name === 'phone') {
        await page.getByRole('button', { name: words.sidebar.open }).click()
        await expect(page.getByRole('dialog', { name: words.sidebar.label })).toBeVisible()
        await clean(page, 'drawer')
      }
      await chat.chats.getByRole('button').first().click()
      await expect(page.getByRole('menu')).toBeVisible()
      await clean(page, 'menu of a chat')

      await page.keyboard.press('Escape')
      // Each part in one language on one screen.
      if ((name === 'wide') !== (locale === 'en')) return
      const dialog = await chat.openSettings()
      for (const part of Object.values(words.settingsDialog.part)) {
        await dialog.getByRole('tab', { name: part }).click()
        await clean(page, `settings: ${part}`)
      }
    })
  }
}

/** In both themes, which differ in colours alone; the transition between them is waited for. */
async function clean(page: Page, state: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('html')).toHaveClass(new RegExp(`\\b${colorScheme}\\b`))
    await page.waitForFunction(() =>
      document.getAnimations().every(({ playState }) => playState !== 'running'),
    )
    const rules = colorScheme === 'light' ? 'all' : 'colours'
    expect(await axeFindings(page, rules), `${state}, ${colorScheme}`).toEqual([])
  }
}

test('a screen reader hears that an answer is written and then the answer, once, not its tokens', async ({
  chat,
  page,
  question,
}) => {
  await expect(chat.log).toHaveCount(0)
  const announcer = page.locator('main').getByRole('status').last()
  await announcer.evaluate((status) => {
    const heard: string[] = []
    Reflect.set(window, 'heard', heard)
    new MutationObserver(() => {
      const text = status.textContent ?? ''
      if (text && heard.at(-1) !== text) heard.push(text)
    }).observe(status, { childList: true, characterData: true, subtree: true })
  })
  await chat.say(`${question}\nsay: Many small tokens make one whole answer that is read at once.`)
  await expect(chat.log).toHaveAttribute('aria-live', 'off')
  await chat.finished()
  const heard = () => page.evaluate(() => Reflect.get(window, 'heard'))
  await expect
    .poll(heard)
    .toEqual([
      chat.words.chat.announceAnswering,
      'Many small tokens make one whole answer that is read at once.',
    ])
  await expect(announcer, 'it is not found twice in the page').toBeEmpty()
  expect(await heard()).toHaveLength(2)
})

test('the keyboard reaches everything in a sensible order, and focus comes back', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  const { words } = chat
  upstream.scriptTitle(question, () => [step.text('Keyed')])
  await chat.say(question)
  await chat.finished()
  await expect(chat.chat('Keyed')).toBeVisible()
  await page.reload()
  await chat.ready()
  await expect(chat.composer).toBeFocused()

  const stops: string[] = []
  do {
    await page.keyboard.press('Tab')
    // Behind the last one the browser's own controls have it for a moment.
    if (!(await isInPage(page))) continue
    stops.push(await focusedName(page))
    expect(await focusIsVisible(page), `focus is seen on ${stops.at(-1)}`).toBe(true)
  } while (stops.length < 30 && stops.at(-1) !== words.composer.label)
  expect(stops).toEqual([
    'Choose a model, now test-model',
    words.composer.send,
    words.app.skipToConversation,
    words.app.skipToComposer,
    words.app.name,
    words.sidebar.fold,
    words.sidebar.newChat,
    words.sidebar.temporaryChat,
    words.sidebar.search,
    'Keyed',
    'Actions for “Keyed”',
    words.sidebar.archived,
    words.sidebar.organise,
    words.settings.open,
    words.settings.system,
    words.chat.copyMessage,
    words.chat.edit,
    words.chat.more,
    words.markdown.wrapLines,
    words.markdown.downloadCode,
    words.markdown.copyCode,
    'const answer = 6 * 7',
    words.chat.copyAnswer,
    words.chat.regenerate,
    words.chat.more,
    words.chat.facts,
    words.composer.label,
  ])

  // Menus and dialogs give the focus back.
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: words.models.search })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(chat.modelPicker).toBeFocused()

  const menu = chat.chats.getByRole('button', { name: 'Actions for “Keyed”' })
  await menu.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: words.sidebar.rename })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(menu).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: words.sidebar.newName })).toBeFocused()
  await page.keyboard.type('By keys')
  await page.keyboard.press('Enter')
  await expect(chat.chat('By keys')).toBeFocused()

  // The skip links lead where they say.
  await page.getByRole('link', { name: words.app.skipToComposer }).focus()
  await page.keyboard.press('Enter')
  await expect(chat.composer).toBeFocused()
  await page.keyboard.type('say: Without a mouse')
  await page.keyboard.press('Enter')
  await expect(chat.answer).toContainText('Without a mouse')
})

test.describe('on a phone', () => {
  test.use(phone)

  test('the list of chats is a drawer that holds the focus, and closes when a chat is picked', async ({
    chat,
    page,
    upstream,
    question,
  }) => {
    const { words } = chat
    upstream.scriptTitle(question, () => [step.text('In the drawer')])
    await chat.say(`${question}\nsay: Small screen`)
    await chat.finished()
    const opener = page.getByRole('button', { name: words.sidebar.open })
    const drawer = page.getByRole('dialog', { name: words.sidebar.label })
    await opener.tap()
    await expect(drawer).toBeVisible()
    for (let count = 0; count < 20; count += 1) {
      await page.keyboard.press('Tab')
      expect(await drawer.evaluate((element) => element.contains(document.activeElement))).toBe(
        true,
      )
    }
    // On a button with a tooltip the first Escape would close that.
    await drawer.getByRole('link', { name: words.sidebar.newChat }).focus()
    await page.keyboard.press('Escape')
    await expect(drawer).toBeHidden()
    await expect(opener).toBeFocused()

    await opener.tap()
    await drawer.getByRole('link', { name: words.sidebar.newChat }).tap()
    await expect(drawer).toBeHidden()
    await expect(page.getByRole('heading', { name: words.welcome.greeting })).toBeVisible()
    await opener.tap()
    await drawer.getByRole('link', { name: 'In the drawer' }).tap()
    await expect(drawer).toBeHidden()
    await expect(chat.answer).toContainText('Small screen')
    await expect(opener).toBeFocused()
    await expect(page.getByRole('tooltip'), 'nothing lies over the title').toHaveCount(0)

    await opener.tap()
    await drawer.getByRole('button', { name: 'Actions for “In the drawer”' }).tap()
    await page.getByRole('menuitem', { name: words.sidebar.delete }).tap()
    await expect(drawer.getByText(words.sidebar.empty)).toBeVisible()
    await page.getByRole('button', { name: words.sidebar.undo }).tap()
    await expect(chat.answer, 'back where it was').toContainText('Small screen')
  })
})

function isInPage(page: Page): Promise<boolean> {
  return page.evaluate(() => document.activeElement !== document.body)
}

function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    const label = element?.getAttribute('aria-label')
    const labelled = element?.id ? document.querySelector(`label[for="${element.id}"]`) : null
    const named = (labelled ?? element)?.cloneNode(true)
    if (named instanceof Element)
      for (const hidden of named.querySelectorAll('[aria-hidden="true"]')) hidden.remove()
    return (label ?? named?.textContent ?? '').trim()
  })
}

/** An outline, and nothing outside of what is on the screen. */
function focusIsVisible(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const element = document.activeElement
    if (!element || element === document.body) return false
    const { top, left, bottom, right } = element.getBoundingClientRect()
    const isInView = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth
    const { outlineStyle, outlineWidth } = getComputedStyle(element)
    const isOutlined = outlineStyle !== 'none' && outlineWidth !== '0px'
    // The box to write in has its caret.
    return isInView && (isOutlined || element instanceof HTMLTextAreaElement)
  })
}
