import { mainThreadTasks } from '../fixtures/main-thread-tasks'
import { expect, test } from '../fixtures/story-test'
import { withChats } from '../fixtures/with-chats'

const longTaskMs = 50

// Recording for a report would be most of what is measured here.
test.use({ trace: 'off' })

test('10,000 chats scroll in short tasks, with as few rows as fit', async ({
  chat,
  page,
  server,
}) => {
  test.slow()
  const titles = Array.from({ length: 10_000 }, (_, index) => `Chat number ${index}`)
  await withChats(chat, server, titles)
  // By its tag: to look up roles would be most of what is measured.
  const rows = chat.chats.locator('li')
  await chat.chat('Chat number 20').hover()
  let rowsMax = 0
  const tasks = await mainThreadTasks(page, async () => {
    for (let turn = 0; turn < 40; turn += 1) {
      await page.mouse.wheel(0, 400)
      rowsMax = Math.max(rowsMax, await rows.count())
    }
  })
  // The rows of the first page, and those in sight with some above and below.
  expect(rowsMax).toBeLessThan(140)
  expect(tasks.filter((ms) => ms > longTaskMs)).toEqual([])
  expect(await chat.chats.evaluate((list) => list.scrollTop)).toBeGreaterThan(8_000)
})
