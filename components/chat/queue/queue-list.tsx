'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import type { ChatSession } from '@/client/chat/chat-session'
import { queueOf } from '@/client/chat/queue/message-queues'
import { useQueue } from '@/client/chat/queue/use-queue'
import { showErrorToast } from '@/components/ui/toast'
import type { QueuedMessage } from '@/shared/chat/queued-message'
import type { Problem } from '@/shared/errors/problem'
import { useProblemText } from '../use-problem-text'
import { GoneModel } from './gone-model'
import { QueueEditor } from './queue-editor'
import { QueueReason } from './queue-reason'
import { QueueRow } from './queue-row'
import { useKeptFocus } from './use-kept-focus'
import { useQueueNews } from './use-queue-news'

/** What waits to be sent, above the box that it came from. */
export default function QueueList({ session }: { session: ChatSession }) {
  const t = useTranslations('queue')
  const problemText = useProblemText()
  const queue = useQueue(session)
  const [editing, setEditing] = useState<QueuedMessage>()
  const keepFocus = useKeptFocus()
  const { news, tell } = useQueueNews(session, { count: queue.length, list: keepFocus.ref })
  const actions = queueOf(session)
  // What is sent while somebody changes it keeps its place until they are done with it.
  const hasGone = editing && !queue.some(({ id }) => id === editing.id)
  const shown = hasGone ? [editing, ...queue] : queue

  async function check(asking: Promise<Problem | undefined>) {
    const problem = await asking
    if (problem) showErrorToast(problemText(problem))
  }

  function move(message: QueuedMessage, position: number) {
    if (position < 0 || position >= queue.length) return
    const focused = document.activeElement
    flushSync(() => void check(actions.move(message.id, position)))
    tell(t('moved', { position: position + 1, count: queue.length }))
    // Whoever moves in the document loses the focus.
    if (focused instanceof HTMLElement) focused.focus()
  }

  function save({ id, text: before }: QueuedMessage, text: string) {
    setEditing(undefined)
    if (!/\S/.test(text) || text === before) return
    void check(hasGone ? add(text) : actions.change(id, { text }))
  }

  async function add(text: string): Promise<Problem | undefined> {
    const outcome = await actions.add({ text, model: editing?.model ?? undefined })
    return outcome.status === 'refused' ? outcome.problem : undefined
  }

  return (
    <section aria-label={t('label')}>
      <p role="status" className="sr-only">
        {news}
      </p>
      {shown.length > 0 ? (
        <div className="mb-2 rounded-[1.125rem] border border-hairline bg-raised">
          <QueueReason session={session} />
          <ol {...keepFocus} className="max-h-[30dvh] divide-y divide-hairline overflow-y-auto">
            {shown.map((message) =>
              editing?.id === message.id ? (
                <QueueEditor
                  key={message.id}
                  text={message.text}
                  hasGone={hasGone === true}
                  save={(text) => save(message, text)}
                  cancel={() => setEditing(undefined)}
                />
              ) : (
                <QueueRow
                  key={message.id}
                  message={message}
                  position={queue.indexOf(message)}
                  count={queue.length}
                  move={(position) => move(message, position)}
                  edit={() => setEditing(message)}
                  remove={() => void check(actions.remove(message.id))}
                  sendNow={() => void check(actions.sendNow(message.id))}
                >
                  <GoneModel
                    model={message.model}
                    choose={(model) => void check(actions.change(message.id, { model }))}
                  />
                </QueueRow>
              ),
            )}
          </ol>
        </div>
      ) : null}
    </section>
  )
}
