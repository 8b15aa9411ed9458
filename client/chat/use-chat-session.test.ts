import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, it } from 'vitest'
import type { ChatDetail } from '@/shared/chat/chat-summary'
import type { ChatSession } from './chat-session'
import { openChatSession } from './chat-sessions'
import {
  useMessageIds,
  useMessageOutline,
  usePartText,
  useSessionModel,
  useSessionPhase,
} from './use-chat-session'
import { newChatPlace } from '@/shared/chat/shelf'

const detail: ChatDetail = {
  id: 'c1',
  title: 'One',
  createdAt: 1,
  updatedAt: 5,
  activeRunId: 'r1',
  ...newChatPlace,
  model: { provider: 'demo', id: 'm' },
  messages: [
    { id: 'u1', role: 'user', parts: [{ type: 'text', text: 'Question' }] },
    {
      id: 'a1',
      role: 'assistant',
      parts: [{ type: 'text', text: 'Half an answer' }],
      metadata: { status: 'running', createdAt: 1 },
    },
  ],
  hasEarlier: false,
}

function Message({ session, id }: { session: ChatSession; id: string }) {
  const outline = useMessageOutline(session, id)
  const text = usePartText(session, id, 0)
  return `${outline?.role}: ${text}`
}

function Chat({ session }: { session: ChatSession }) {
  const phase = useSessionPhase(session)
  const model = useSessionModel(session)
  const messages = useMessageIds(session).map((id) =>
    createElement('p', { key: id }, createElement(Message, { session, id })),
  )
  return createElement('main', { className: `${phase} ${model?.id}` }, messages)
}

it('renders the seed on the server', () => {
  const session = openChatSession('c1', detail)
  expect(renderToString(createElement(Chat, { session }))).toBe(
    '<main class="streaming m"><p>user: Question</p><p>assistant: Half an answer</p></main>',
  )
})

it('shares no session between two renders on the server', () => {
  const first = openChatSession('c1', detail)
  const second = openChatSession('c1')
  expect(second).not.toBe(first)
  expect(second.store.messageIds).toEqual([])
})
