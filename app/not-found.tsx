import { getTranslations } from 'next-intl/server'
import { MessagePage } from '@/components/shell/message-page'
import { NewChatLink } from '@/components/shell/new-chat-link'

export default async function NotFound() {
  const t = await getTranslations('pages')
  return (
    <div className="flex h-dvh flex-col">
      <MessagePage title={t('notFoundTitle')} text={t('notFoundText')}>
        <NewChatLink />
      </MessagePage>
    </div>
  )
}
