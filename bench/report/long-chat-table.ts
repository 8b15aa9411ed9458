import type { LongChat } from '../rendering/long-chat/long-chat'
import { figure, markdownTable } from './table'

/** What opening and using a long chat costs. */
export function longChatTable(chat: LongChat | undefined): string {
  if (!chat) return ''
  const times = (one: number, other: number) => `${figure(one)} (${figure(one / other)} ×)`
  const title = `**The app: a chat of ${chat.messages} messages, ${figure(chat.bytes / 1e6)} MB of Markdown**`
  const table = markdownTable(
    ['', 'measured'],
    [
      [
        'interactive at its end, ms after the click in the list',
        figure(chat.interactiveFromListMs),
      ],
      ['after the page was loaded again, ms', figure(chat.interactiveAgainMs)],
      ['after a first visit, nothing in the cache, ms', figure(chat.interactiveMs)],
      ['a first visit to a chat of one turn, ms', figure(chat.interactiveShortMs)],
      [
        'longest task of the first visit, ms',
        chat.longestTaskMs > 0 ? figure(chat.longestTaskMs) : '< 50',
      ],
      ['heap, MB', figure(chat.heapBytes / 1e6)],
      ['DOM elements', String(chat.elements)],
      ['a keystroke, ms of the main thread', figure(chat.keystrokeMs)],
      ['the slowest of them until it is drawn, ms (Event Timing)', figure(chat.slowestKeystrokeMs)],
      [
        'an answer of 10 KB into an empty chat, ms of scripting',
        figure(chat.streamingEmpty.scriptMs),
      ],
      ['the same into this chat', times(chat.streaming.scriptMs, chat.streamingEmpty.scriptMs)],
      ['its main thread, ms', times(chat.streaming.taskMs, chat.streamingEmpty.taskMs)],
      [
        'JavaScript of a chat page before the first interaction, KB gzipped',
        figure(chat.scriptBytes / 1000),
      ],
    ],
  )
  return `${title}\n\n${table}`
}
