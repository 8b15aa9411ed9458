import { Pencil } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Suspense, useRef, useState } from 'react'
import type { ChatSession } from '@/client/chat/chat-session'
import { useMessageText } from '@/client/chat/use-chat-session'
import { CopyButton } from '@/components/ui/copy-button'
import { IconButton } from '@/components/ui/icon-button'
import { lazyPart } from '@/components/ui/lazy-part'
import { MessageMenuButton } from './branches/message-menu-button'
import { MessageVersions } from './branches/message-versions'
import { useMessageMoves } from './branches/moves-context'
import { unsentEdits } from './branches/unsent-edits'

const loadEditor = () => import('./branches/message-editor')
const MessageEditor = lazyPart(loadEditor)

export const userTextShape =
  'max-w-[85%] rounded-outside bg-bubble px-4 py-2.5 text-base leading-[1.65] wrap-anywhere whitespace-pre-wrap own-direction'

type UserMessageProps = { session: ChatSession; messageId: string }

export function UserMessage({ session, messageId }: UserMessageProps) {
  const t = useTranslations('chat')
  const text = useMessageText(session, messageId)
  const { edit } = useMessageMoves()
  const [editing, setEditing] = useState(() => unsentEdits.has(messageId))
  const editButton = useRef<HTMLButtonElement>(null)

  function close() {
    unsentEdits.delete(messageId)
    setEditing(false)
    requestAnimationFrame(() => editButton.current?.focus({ preventScroll: true }))
  }

  async function send(changed: string) {
    unsentEdits.set(messageId, changed)
    leaveEditor()
    const sent = await edit(messageId, changed)
    if (sent) unsentEdits.delete(messageId)
  }

  const bubble = <p className={userTextShape}>{text}</p>
  if (editing) {
    return (
      <Suspense fallback={bubble}>
        <MessageEditor
          text={unsentEdits.get(messageId) ?? text}
          onInput={(changed) => unsentEdits.set(messageId, changed)}
          send={(changed) => void send(changed)}
          cancel={close}
        />
      </Suspense>
    )
  }
  return (
    <>
      {bubble}
      <div className="mt-1 flex items-center gap-0.5 opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 has-data-versions:opacity-100 has-data-[state=open]:opacity-100 pointer-coarse:-mb-2 pointer-coarse:opacity-100">
        <MessageVersions session={session} messageId={messageId} />
        <CopyButton label={t('copyMessage')} text={() => text} className="[&_svg]:size-4" />
        <IconButton
          ref={editButton}
          label={t('edit')}
          onPointerEnter={() => void loadEditor()}
          onFocus={() => void loadEditor()}
          onClick={() => setEditing(true)}
          className="[&_svg]:size-4"
        >
          <Pencil aria-hidden />
        </IconButton>
        <MessageMenuButton session={session} messageId={messageId} />
      </div>
    </>
  )
}

/** The box goes away with what was in it. On a touch screen the keyboard goes with it. */
function leaveEditor(): void {
  const next = window.matchMedia('(pointer: fine)').matches ? 'composer' : 'conversation'
  document.getElementById(next)?.focus({ preventScroll: true })
}
