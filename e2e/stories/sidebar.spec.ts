import { phone } from '../fixtures/screens'
import { expect, test } from '../fixtures/story-test'
import { fill, wordsOf } from '../fixtures/words'
import { withChats } from '../fixtures/with-chats'
import { ChatPage } from '../pages/chat-page'

test('a chat is pinned, archived and brought back, and another tab follows', async ({
  chat,
  page,
  server,
  anotherContext,
}) => {
  const { organise, sidebar } = chat.words
  await withChats(chat, server, ['River', 'Sea', 'Lake'])
  const elsewhere = await anotherContext({ storageState: await page.context().storageState() })
  const other = await new ChatPage(await elsewhere.newPage()).open()

  await chat.chatMenu('Lake', organise.pin)
  const pinned = (of: ChatPage) => of.chats.locator('section', { hasText: sidebar.pinned })
  await expect(pinned(chat).getByRole('link')).toHaveText(/Lake/)
  await expect(pinned(other).getByRole('link')).toHaveAccessibleName(/Lake\s*pinned/)

  await chat.chatMenu('Sea', organise.archive)
  await expect(chat.chat('Sea')).toHaveCount(0)
  await expect(other.chat('Sea')).toHaveCount(0)
  await page.reload()
  await chat.ready()
  await expect(pinned(chat).getByRole('link')).toHaveText(/Lake/)
  await expect(chat.chat('Sea')).toHaveCount(0)

  await page.getByRole('button', { name: sidebar.archived }).click()
  await expect(chat.chats.getByRole('heading', { name: organise.archivedChats })).toBeVisible()
  await chat.chatMenu('Sea', organise.bringBack)
  await expect(chat.chats.getByText(organise.nothingArchived)).toBeVisible()
  await page.getByRole('button', { name: organise.backToChats }).click()
  await expect(chat.chat('Sea')).toBeVisible()
  await expect(other.chat('Sea')).toBeVisible()
})

test('a folder is made and filled by keyboard alone, and its chats go back when it goes', async ({
  chat,
  page,
  server,
}) => {
  const { organise, sidebar } = chat.words
  await withChats(chat, server, ['River', 'Sea'])
  await page.getByRole('button', { name: sidebar.organise }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: organise.newFolder })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: organise.folderName })).toBeFocused()
  await page.keyboard.type('Waters')
  await page.keyboard.press('Enter')
  const folder = chat.chats.getByRole('button', { name: 'Waters', exact: true })
  await expect(folder).toBeVisible()

  await page
    .getByRole('button', { name: fill(sidebar.actions, { title: 'Sea' }), exact: true })
    .focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: sidebar.rename })).toBeFocused()
  await page.keyboard.press('m')
  await expect(page.getByRole('menuitem', { name: organise.moveTo })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('menuitem', { name: 'Waters' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(chat.chat('Sea')).toHaveCount(0)

  await folder.focus()
  await page.keyboard.press('Enter')
  await expect(folder).toHaveAttribute('aria-expanded', 'true')
  await expect(chat.chat('Sea')).toBeVisible()
  await page.reload()
  await chat.ready()
  await expect(chat.chat('Sea'), 'it is open as it was').toBeVisible()

  await folder.hover()
  await page.getByRole('button', { name: fill(organise.folderActions, { name: 'Waters' }) }).click()
  await page.getByRole('menuitem', { name: organise.deleteFolder }).click()
  await expect(folder).toHaveCount(0)
  await expect(chat.chat('Sea')).toBeVisible()
})

test.describe('on a phone, in Chinese', () => {
  test.use({ ...phone, locale: 'zh-CN' })

  test('three chats are selected and deleted, and one undo brings all back', async ({
    page,
    server,
  }) => {
    const chat = await new ChatPage(page, 'zh-CN').open()
    const { organise, sidebar } = wordsOf['zh-CN']
    await withChats(chat, server, ['长江', '黄河', '珠江', '淮河'])
    await page.getByRole('button', { name: sidebar.open }).tap()
    await page.getByRole('button', { name: fill(sidebar.actions, { title: '长江' }) }).tap()
    await page.getByRole('menuitem', { name: organise.select, exact: true }).tap()
    await chat.chat('黄河').tap()
    await chat.chat('珠江').tap()
    const bar = page.getByRole('toolbar', { name: organise.selection })
    await expect(bar.getByRole('status')).toHaveText(fill(organise.selectedCount, { count: '3' }))
    for (const button of await bar.getByRole('button').all())
      expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44)

    await bar.getByRole('button', { name: organise.deleteSelected }).tap()
    await expect(chat.chat('黄河')).toHaveCount(0)
    await expect(chat.chat('淮河')).toBeVisible()
    await page.getByRole('button', { name: sidebar.undo }).tap()
    for (const title of ['长江', '黄河', '珠江']) await expect(chat.chat(title)).toBeVisible()
  })
})
