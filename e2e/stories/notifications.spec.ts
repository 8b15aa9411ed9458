import type { Page } from 'playwright/test'
import { wholeBrowser } from '../fixtures/launch-options'
import { expect, test as base } from '../fixtures/story-test'
import { ChatPage } from '../pages/chat-page'

const test = base.extend({ serviceWorkers: 'allow' })

// One without windows shows no notifications.
test.use({ launchOptions: wholeBrowser })

test('an answer that nobody looks at is told once, however many tabs are open, and leads to its chat', async ({
  chat,
  page,
  context,
  origin,
  upstream,
  question,
}) => {
  await context.grantPermissions(['notifications'], { origin })
  let told = 0
  await context.exposeFunction('noteTold', () => void (told += 1))
  await context.addInitScript(() => {
    const { prototype } = Reflect.get(window, 'ServiceWorkerRegistration') ?? {}
    if (!prototype) return
    const show = Reflect.get(prototype, 'showNotification')
    Reflect.set(prototype, 'showNotification', function (this: unknown, ...asked: unknown[]) {
      Reflect.get(window, 'noteTold')()
      return Reflect.apply(show, this, asked)
    })
  })
  await page.reload()
  await chat.ready()
  const { words } = chat
  const dialog = await chat.openSettings()
  const choice = dialog.getByRole('radiogroup', { name: words.notifications.label })
  await expect(choice.getByRole('radio', { name: words.notifications.off })).toBeChecked()
  await choice.getByRole('radio', { name: words.notifications.on, exact: true }).click()
  await expect(
    choice.getByRole('radio', { name: words.notifications.on, exact: true }),
  ).toBeChecked()
  await page.keyboard.press('Escape')
  const registered = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
  const other = await new ChatPage(await context.newPage()).open()

  const first = upstream.gate(`${question} 1`)
  await chat.say(`${question} 1\nhold: ${question} 1\nsay: Not for everybody’s eyes`)
  const chatId = await chat.chatId()
  await chat.startNewChat()
  first.open()
  await expect
    .poll(() => shownIn(page))
    .toMatchObject([{ title: words.notifications.ready, tag: chatId }])
  expect(JSON.stringify(await shownIn(page))).not.toContain('eyes')
  expect(told, 'by one of the tabs').toBe(1)

  // Pressed, it leads there in a tab that is open, which is not loaded anew.
  await registered.evaluate(async () => {
    const { registration } = globalThis as unknown as { registration: ServiceWorkerRegistration }
    const [notification] = await registration.getNotifications()
    const press = Reflect.construct(Reflect.get(globalThis, 'NotificationEvent'), [
      'notificationclick',
      { notification },
    ])
    if (press instanceof Event) dispatchEvent(press)
  })
  const chats = [chat, other]
  await expect
    .poll(() => chats.filter(({ page: tab }) => tab.url().endsWith(chatId)).length)
    .toBe(1)
  await expect.poll(() => shownIn(page), 'it is looked at').toEqual([])
})

function shownIn(page: Page): Promise<{ title: string; body: string; tag: string }[]> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    const shown = await registration.getNotifications()
    return shown.map(({ title, body, tag }) => ({ title, body, tag }))
  })
}
