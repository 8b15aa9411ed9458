import { NextIntlClientProvider } from 'next-intl'
import { prerender } from 'react-dom/static'
import { expect, it } from 'vitest'
import { ChatListSeed } from '@/client/chats/use-chat-list'
import type { ChatPage, ChatSummary, SidebarPages } from '@/shared/chat/chat-summary'
import { emptySidebar } from '@/shared/chat/empty-sidebar'
import { newChatPlace } from '@/shared/chat/shelf'
import messages from '@/shared/i18n/en.json'
import { ChatList } from './chat-list'

const now = new Date(Date.UTC(2026, 10, 27))

function chat(id: string, more: Partial<ChatSummary> = {}): ChatSummary {
  const time = now.getTime()
  return {
    id,
    title: `Title of ${id}`,
    createdAt: time,
    updatedAt: time,
    activeRunId: null,
    ...newChatPlace,
    ...more,
  }
}

function page(...chats: ChatSummary[]): ChatPage {
  return { chats, nextCursor: null }
}

async function textOf(pages: Partial<SidebarPages>): Promise<string> {
  const { prelude } = await prerender(
    <NextIntlClientProvider locale="en" messages={messages} now={now} timeZone="UTC">
      <ChatListSeed value={{ ...emptySidebar, ...pages }}>
        <ChatList openChatId="a" onPick={() => undefined} />
      </ChatListSeed>
    </NextIntlClientProvider>,
  )
  const markup = await new Response(prelude).text()
  return markup
    .replaceAll(/<(script|template)[^>]*>.*?<\/\1>/gs, '')
    .replaceAll(/<!--.*?-->/g, '')
    .replaceAll(/<[^>]+>/g, '|')
    .replaceAll(/\|+/g, '|')
}

it('is drawn by the server as it was left: pinned chats, folders with those open, and the list', async () => {
  const text = await textOf({
    list: page(chat('a'), chat('b', { unread: true })),
    pinned: page(chat('p', { pinnedAt: 1 })),
    folders: [
      { id: 'work', name: 'Work' },
      { id: 'home', name: 'Home' },
    ],
    opened: { work: page(chat('w', { folderId: 'work', activeRunId: 'r' })) },
  })
  expect(text).toContain('|Pinned|Title of p|pinned|')
  expect(text).toContain('|Folders|Work|Title of w|Answering|Home|')
  expect(text).toContain('|Today|Title of a|Title of b|unread|')
})

it('says what will be there while nothing is', async () => {
  expect(await textOf({})).toContain(messages.sidebar.empty)
})
