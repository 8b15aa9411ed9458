import { getTranslations } from 'next-intl/server'
import { LateHeader } from '@/components/shell/late-header'
import { MessagePage } from '@/components/shell/message-page'
import { NewChatLink } from '@/components/shell/new-chat-link'

export default async function ChatNotFound() {
  const t = await getTranslations('pages')
  return (
    <>
      <LateHeader />
      <MessagePage title={t('notFoundTitle')} text={t('notFoundText')}>
        <NewChatLink />
      </MessagePage>
    </>
  )
}
