import { useTranslations } from 'next-intl'
import { ChatLink } from '@/components/ui/chat-link'

export function NewChatLink() {
  const t = useTranslations('pages')
  return (
    <ChatLink className="button border border-hairline bg-raised hover-able:bg-wash">
      {t('toNewChat')}
    </ChatLink>
  )
}
