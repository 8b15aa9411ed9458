'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useShelf } from '@/client/chats/use-chat-list'
import type { SearchSnapshot } from '@/client/search/live-search'
import { FoundChat, FoundMessage } from '@/components/search/found-line'
import { markWords } from '@/components/search/mark-words'
import { shelves } from '@/shared/chat/shelf'
import { type ChatAddress, messageAddress, openChatAddress } from './open-address'
import type { Option } from './palette-option'
import { usePaletteCommands } from './use-palette-commands'

export type PaletteGroup = { name: string; options: Option[] }

const recentChats = 6

type PaletteGroupsOptions = {
  query: string
  found: SearchSnapshot
  close: () => void
  toggleSidebar: () => void
}

/** What the palette offers: recent chats and commands, or what fits what was typed. */
export function usePaletteGroups({
  query,
  found,
  close,
  toggleSidebar,
}: PaletteGroupsOptions): PaletteGroup[] {
  const t = useTranslations('palette')
  const untitled = useTranslations('sidebar')('untitled')
  const router = useRouter()
  const commands = usePaletteCommands({ query, close, toggleSidebar })
  const results = query === '' ? undefined : found.results

  function open(address: ChatAddress) {
    close()
    openChatAddress(address, (to) => router.push(to))
  }

  const recent = useRecentChats().map(({ id, title }) => ({
    id,
    content: <span className="block truncate">{title || untitled}</span>,
    run: () => open(`/c/${id}`),
  }))
  const chats = (results?.chats ?? []).map((chat) => ({
    id: `chat-${chat.chatId}`,
    content: <FoundChat chat={chat} />,
    run: () => open(`/c/${chat.chatId}`),
  }))
  const messages = (results?.messages ?? []).map((message) => ({
    id: `message-${message.chatId}-${message.messageId}`,
    content: <FoundMessage message={message} />,
    run: () => {
      open(messageAddress(message))
      markWords(message.messageId, found.wish?.q ?? '')
    },
  }))
  const all: Option = {
    id: 'all',
    content: t('all', { query }),
    run: () => {
      close()
      router.push(`/search?q=${encodeURIComponent(query)}`)
    },
  }
  return [
    { name: t('recent'), options: query === '' ? recent : [] },
    { name: t('chats'), options: chats },
    { name: t('messages'), options: messages.length > 0 ? [...messages, all] : [] },
    { name: t('commands'), options: commands },
  ].filter(({ options }) => options.length > 0)
}

function useRecentChats() {
  const pinned = useShelf(shelves.pinned).chats
  const { chats } = useShelf(shelves.list)
  return [...pinned, ...chats]
    .toSorted((left, right) => right.updatedAt - left.updatedAt)
    .slice(0, recentChats)
}
