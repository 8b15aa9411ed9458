import { findChatSession } from '@/client/chat/chat-sessions'
import { chatList } from '@/client/chats/chat-list'
import type { Command } from '@/client/shortcuts/shortcut-of'
import { quoteSelection } from '@/components/chat/quote/quote-text'
import { showErrorToast, showToast } from '@/components/ui/toast'
import { messageText } from '@/shared/chat/message-text'
import { shelves } from '@/shared/chat/shelf'
import { openChatAddress } from './open-address'

export type CommandOptions = {
  t: (
    key:
      | 'answerCopied'
      | 'codeCopied'
      | 'nothingToCopy'
      | 'notCopied'
      | 'nothingToQuote'
      | 'nothingToStop',
  ) => string
  toggleSidebar: () => void
}

type PageCommand = Exclude<Command, 'search' | 'shortcuts'>

/** Does on this page what a shortcut or a line of the palette stands for, and tells when there is nothing to do it to. */
export function runCommand(command: PageCommand, { t, toggleSidebar }: CommandOptions): void {
  switch (command) {
    case 'newChat':
      return openChatAddress('/', loadPage)
    case 'composer':
      return document.getElementById('composer')?.focus()
    case 'sidebar':
      return toggleSidebar()
    case 'previousChat':
      return void openNeighbour(-1)
    case 'nextChat':
      return void openNeighbour(1)
    case 'stop':
      return stopAnswer(t)
    case 'copyAnswer':
      return void copy(lastAnswer(), t('answerCopied'), t)
    case 'copyCode':
      return void copy(lastCode(lastAnswer()), t('codeCopied'), t)
    case 'quote':
      return quoteSelection() ? undefined : showToast(t('nothingToQuote'))
  }
}

/** The last fenced block of a text, without its fences. */
export function lastCode(text: string): string {
  const blocks = [...text.matchAll(/^ {0,3}(`{3,}|~{3,})[^\n]*\n(.*?)^ {0,3}\1/gms)]
  return blocks.at(-1)?.[2]?.replace(/\n$/, '') ?? ''
}

function loadPage(address: string): void {
  window.location.assign(address)
}

function openSession() {
  const [, chatId] = /^\/c\/([\w-]+)$/.exec(window.location.pathname) ?? []
  return chatId === undefined ? undefined : findChatSession(chatId)
}

/** In the order in which the sidebar has them. */
async function openNeighbour(step: 1 | -1): Promise<void> {
  const list = await chatList.whole().catch(() => undefined)
  if (!list) return
  const chats = [shelves.pinned, shelves.list].flatMap((shelf) => list.shelf(shelf).chats)
  const at = chats.findIndex(({ id }) => window.location.pathname === `/c/${id}`)
  const chat = chats[at < 0 ? 0 : at + step]
  if (chat) openChatAddress(`/c/${chat.id}`, loadPage)
}

function stopAnswer(t: CommandOptions['t']): void {
  const session = openSession()
  if (!session || session.phase === 'idle') return showToast(t('nothingToStop'))
  void session.stop()
}

function lastAnswer(): string {
  const store = openSession()?.store
  const messages = store?.messageIds.map((id) => store.message(id)) ?? []
  const answer = messages.findLast((message) => message?.role === 'assistant')
  return answer ? messageText(answer) : ''
}

async function copy(text: string, done: string, t: CommandOptions['t']): Promise<void> {
  if (text === '') return showToast(t('nothingToCopy'))
  try {
    await navigator.clipboard.writeText(text)
    showToast(done)
  } catch {
    showErrorToast(t('notCopied'))
  }
}
