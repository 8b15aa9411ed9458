'use client'

import { useState } from 'react'
import type { ChatSession, SendOutcome } from '@/client/chat/chat-session'
import { useMessageIds, useSessionPhase, useSessionProblem } from '@/client/chat/use-chat-session'
import { useModels } from '@/client/models/use-models'
import { useOnline } from '@/client/stream/use-online'
import { ModelPicker } from '@/components/models/model-picker'
import { modelName } from '@/components/models/model-name'
import type { ModelRef } from '@/shared/models/model-catalog'
import { Announcer } from './announcer'
import { Composer } from './composer'
import { JumpButton } from './jump-button'
import { MessageList } from './message-list'
import { ProblemLine } from './problem-line'
import { useFollowLatest } from './use-follow-latest'
import { useProblemText } from './use-problem-text'
import { Welcome } from './welcome'

type ChatViewProps = { session: ChatSession; isNew: boolean; lengthMax: number; model: ModelRef | null }

/** One conversation: what was said, and the box to say more. */
export function ChatView({ session, isNew, lengthMax, model: chatModel }: ChatViewProps) {
  const problemText = useProblemText()
  const ids = useMessageIds(session)
  const phase = useSessionPhase(session)
  const problem = useSessionProblem(session)
  const models = useModels()
  const online = useOnline()
  const { below, jump, scroller } = useFollowLatest()
  const [picked, setPicked] = useState<ModelRef>()
  const [refusal, setRefusal] = useState<string>()
  const model = picked ?? chatModel ?? models.chosen

  async function send(text: string) {
    setRefusal(undefined)
    const sending = session.send({ text, ...(model && { model }) })
    jump()
    const outcome = await sending
    if (outcome.status === 'refused') return { status: 'refused', reason: problemText(outcome.problem) } as const
    showAddress(session.chatId)
    return outcome
  }

  async function tell(asking: Promise<SendOutcome>) {
    setRefusal(undefined)
    jump()
    const outcome = await asking
    setRefusal(outcome.status === 'refused' ? problemText(outcome.problem) : undefined)
  }

  function choose(next: ModelRef) {
    setPicked(next)
    models.choose(next)
  }

  const withModel = model && { model }
  const picker = (
    <ModelPicker
      catalog={models.catalog}
      value={model}
      choose={choose}
      rescan={() => void models.rescan()}
      scanning={models.scanning}
    />
  )

  return (
    <>
      <div ref={scroller} id="conversation" tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto overscroll-contain outline-none">
        <div className="mx-auto flex min-h-full w-full max-w-column flex-col px-4 pt-2 pb-8 sm:px-6">
          {ids.length === 0 && isNew ? (
            <Welcome
              catalog={models.catalog}
              model={model}
              ask={(text) => void send(text).then((outcome) => outcome.status === 'refused' && setRefusal(outcome.reason))}
              rescan={() => void models.rescan()}
              scanning={models.scanning}
            />
          ) : (
            <MessageList
              session={session}
              nameModel={(ref) => modelName(models.catalog, ref)}
              nextModelName={modelName(models.catalog, model)}
              moves={{
                regenerate: (messageId) => void tell(session.regenerate({ messageId, ...withModel })),
                goOn: (messageId) => void tell(session.continueAnswer({ messageId, ...withModel })),
              }}
            />
          )}
          <ProblemLine text={refusal ?? (problem && problemText(problem))} />
        </div>
      </div>
      <div className="relative shrink-0 px-2 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-4">
        <div className="relative mx-auto w-full max-w-[calc(var(--container-column)+0.5rem)]">
          {below ? <JumpButton jump={jump} /> : null}
          <Composer
            draftKey={isNew ? 'new' : session.chatId}
            lengthMax={lengthMax}
            busy={phase !== 'idle'}
            online={online}
            send={send}
            stop={() => void session.stop()}
          >
            {picker}
          </Composer>
        </div>
      </div>
      <Announcer session={session} />
    </>
  )
}

/** The chat has an address from now on. The page is not drawn again for it: the pathname alone tells what is open. */
function showAddress(chatId: string): void {
  if (window.location.pathname === '/') window.history.replaceState(null, '', `/c/${chatId}`)
}
