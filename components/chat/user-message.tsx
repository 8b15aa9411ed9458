import { useTranslations } from 'next-intl'
import type { ChatSession } from '@/client/chat/chat-session'
import { useMessageText } from '@/client/chat/use-chat-session'
import { CopyButton } from '@/components/ui/copy-button'

export const userTextShape =
  'max-w-[85%] rounded-outside bg-bubble px-4 py-2.5 text-base leading-[1.65] wrap-anywhere whitespace-pre-wrap'

type UserMessageProps = { session: ChatSession; messageId: string }

export function UserMessage({ session, messageId }: UserMessageProps) {
  const t = useTranslations('chat')
  const text = useMessageText(session, messageId)
  return (
    <>
      <p className={userTextShape}>{text}</p>
      <div className="mt-1 opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:-mb-2 pointer-coarse:opacity-100">
        <CopyButton label={t('copyMessage')} text={() => text} />
      </div>
    </>
  )
}
