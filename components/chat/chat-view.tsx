'use client'

import { useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { Suspense, useCallback, useState } from 'react'
import { beginnings } from '@/client/chat/settings/beginnings'
import type { ChatSession, SendOutcome } from '@/client/chat/chat-session'
import { queueText } from '@/client/chat/queue/late-queue'
import {
  useMessageIds,
  useSessionModel,
  useSessionPhase,
  useSessionProblem,
  useWritingElsewhere,
} from '@/client/chat/use-chat-session'
import { chosenOf } from '@/client/models/model-store'
import { useModels } from '@/client/models/use-models'
import { choosePreset, presetIdOf } from '@/client/presets/preset-address'
import { useOnline } from '@/client/stream/use-online'
import { ModelPicker } from '@/components/models/model-picker'
import { modelName } from '@/components/models/model-name'
import { useShownCatalog } from '@/components/models/use-shown-catalog'
import { lazyPart } from '@/components/ui/lazy-part'
import { showErrorToast } from '@/components/ui/toast'
import { isTemporaryChat } from '@/shared/chat/temporary-chat'
import type { ModelRef } from '@/shared/models/model-catalog'
import type { Preset } from '@/shared/presets/preset'
import type { AnswerMoves } from './answer'
import { Announcer } from './announcer'
import { ChatLoader } from './chat-loader'
import { Composer } from './composer'
import { EarlierSlot } from './earlier-slot'
import { type MessageMoves, MessageMovesContext } from './branches/moves-context'
import { ConversationContext } from './history/conversation-context'
import { useConversationOf } from './history/use-conversation'
import { JumpButton } from './jump-button'
import { MessageList } from './message-list'
import { ProblemLine } from './problem-line'
import { QueueSlot } from './queue/queue-slot'
import { ToolsSlot } from './tools/tools-slot'
import { useLinkedId, useLinkedMessage } from './use-linked-message'
import { useProblemText } from './use-problem-text'

const Welcome = lazyPart(() => import('./welcome'))
const PresetWelcome = lazyPart(() => import('@/components/presets/preset-welcome'))

type ChatViewProps = {
  session: ChatSession
  /** Whether the chat was begun on this page: there is nothing to load then. */
  isNew: boolean
  /** What the address of a new chat named when the page was drawn. */
  preset: Preset | undefined
  hasAddress: boolean
  lengthMax: number
}

/** One conversation: what was said, and the box to say more. */
export function ChatView({ session, isNew, preset: seed, hasAddress, lengthMax }: ChatViewProps) {
  const t = useTranslations('models')
  const chat = useTranslations('chat')
  const problemText = useProblemText()
  const ids = useMessageIds(session)
  const phase = useSessionPhase(session)
  const problem = useSessionProblem(session)
  const isWritingElsewhere = useWritingElsewhere(session)
  const chatModel = useSessionModel(session)
  const models = useModels()
  const catalog = useShownCatalog(models.catalog)
  const online = useOnline()
  const linkedId = useLinkedId()
  const conversation = useConversationOf(session, linkedId)
  const { follow } = conversation
  const presetId = presetIdOf(useSearchParams())
  const [found, setFound] = useState(seed)
  const preset = found?.id === presetId ? found : undefined
  const presetModel = preset?.model && chosenOf(models.catalog, preset.model)
  const [picked, setPicked] = useState<ModelRef>()
  const [comparedWith, setComparedWith] = useState<readonly ModelRef[]>()
  const [refusal, setRefusal] = useState<string>()
  const [begunWith, setBegunWith] = useState(presetId)
  // Wherever it was chosen: its model counts, whatever was picked before.
  if (presetId !== begunWith) {
    setBegunWith(presetId)
    if (presetId) {
      setPicked(undefined)
      setComparedWith(undefined)
    }
  }
  const model = picked ?? chatModel ?? presetModel ?? models.chosen
  const withModel = model && { model }
  const isEmpty = ids.length === 0

  async function send(text: string) {
    setRefusal(undefined)
    const compared = comparedWith?.length ? { compareWith: comparedWith } : undefined
    const outcome = await sendOrQueue({ text, ...withModel, ...compared })
    if (outcome.status === 'refused')
      return { status: 'refused', reason: problemText(outcome.problem) } as const
    setComparedWith(undefined)
    showAddress(session.chatId)
    return outcome
  }

  /**
   * Whoever else’s answer is being written when the message reaches the server: it waits for its end. What several models
   * are to answer is refused then, and stays in the box.
   */
  async function sendOrQueue(input: Parameters<ChatSession['send']>[0]): Promise<SendOutcome> {
    const canWait = input.compareWith === undefined
    if (session.phase !== 'idle' && canWait) return queueText(session, input)
    const kept = beginnings.get(session.chatId)
    const begin = presetId ? { ...kept, preset: presetId } : kept
    const sending = session.send(isEmpty ? { ...input, begin } : input)
    follow.jump()
    const outcome = await sending
    const isBusy = outcome.status === 'refused' && outcome.problem.code === 'chat-busy'
    return isBusy && canWait ? queueText(session, input) : outcome
  }

  async function tell(asking: Promise<SendOutcome>) {
    setRefusal(undefined)
    follow.jump()
    const outcome = await asking
    setRefusal(outcome.status === 'refused' ? problemText(outcome.problem) : undefined)
    return outcome.status === 'sent'
  }

  const sayMissing = useCallback(() => showErrorToast(chat('linkedMissing')), [chat])

  async function rescan() {
    try {
      await models.rescan()
    } catch {
      showErrorToast(t('rescanFailed'))
    }
  }

  function beginWith(next: Preset) {
    setFound(next)
    choosePreset(next.id)
  }

  function ask(text: string) {
    void send(text).then((outcome) => outcome.status === 'refused' && setRefusal(outcome.reason))
  }

  function choose(next: ModelRef) {
    setPicked(next)
    models.choose(next)
  }

  useLinkedMessage({ linkedId, session, conversation, onMissing: sayMissing })

  const moves: MessageMoves & AnswerMoves = {
    regenerate: (messageId: string, by?: ModelRef) =>
      void tell(session.regenerate({ messageId, ...withModel, ...(by && { model: by }) })),
    goOn: (messageId) => void tell(session.continueAnswer({ messageId, ...withModel })),
    edit: (messageId, text) => tell(session.edit({ messageId, text, ...withModel })),
  }
  const picker = (
    <ModelPicker
      chat={{ session, isNew }}
      catalog={catalog}
      value={model}
      choose={choose}
      comparedWith={comparedWith}
      compareWith={setComparedWith}
      rescan={() => void rescan()}
      scanning={models.scanning}
    />
  )

  return (
    <>
      <div
        ref={isEmpty ? null : conversation.attach}
        id="conversation"
        tabIndex={-1}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain [overflow-anchor:none] outline-none before:pointer-events-none before:sticky before:top-0 before:z-10 before:block before:h-4 before:bg-linear-to-b before:from-paper before:to-transparent"
      >
        <div className="mx-auto flex min-h-[calc(100%-1rem)] w-full max-w-column flex-col px-4 pb-10 sm:px-6">
          {isEmpty && !isNew ? <ChatLoader session={session} /> : null}
          {isEmpty && isNew ? (
            <Suspense>
              {presetId ? (
                <PresetWelcome
                  presetId={presetId}
                  preset={preset}
                  onFound={setFound}
                  modelName={modelName(catalog, model)}
                  ask={ask}
                />
              ) : (
                <Welcome
                  catalog={catalog}
                  model={model}
                  ask={ask}
                  rescan={() => void rescan()}
                  scanning={models.scanning}
                />
              )}
            </Suspense>
          ) : null}
          {isEmpty ? null : (
            <ConversationContext value={conversation}>
              <EarlierSlot session={session} />
              <MessageMovesContext value={moves}>
                <MessageList
                  session={session}
                  linkedId={linkedId}
                  nameModel={(ref) => modelName(catalog, ref)}
                  nextModelName={modelName(catalog, model)}
                  moves={moves}
                />
              </MessageMovesContext>
            </ConversationContext>
          )}
          <ProblemLine text={refusal ?? (problem && problemText(problem))} />
        </div>
      </div>
      <div className="relative shrink-0 px-2 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-4">
        <div className="relative mx-auto w-full max-w-column before:pointer-events-none before:absolute before:inset-x-0 before:bottom-full before:h-6 before:bg-linear-to-t before:from-paper before:to-transparent">
          <JumpButton follow={follow} session={session} />
          <QueueSlot session={session} />
          <Composer
            draftKey={hasAddress || isTemporaryChat(session.chatId) ? session.chatId : 'new'}
            lengthMax={lengthMax}
            busy={phase !== 'idle' || isWritingElsewhere}
            online={online}
            send={send}
            stop={() => void session.stop()}
            tools={<ToolsSlot session={session} model={model} catalog={catalog} />}
            begin={isEmpty && isNew ? beginWith : undefined}
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
