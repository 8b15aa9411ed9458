'use client'

import { useTranslations } from 'next-intl'
import { titleLengthMax } from '@/shared/chat/title'
import { NameField } from './name-field'
import { useChatActions } from './use-chat-actions'

type RenameChatProps = { chatId: string; title: string; done: () => void }

export default function RenameChat({ chatId, title, done }: RenameChatProps) {
  const t = useTranslations('sidebar')
  const { rename } = useChatActions()

  function settle(name: string | undefined) {
    done()
    if (name && name !== title) void rename(chatId, name)
  }

  return <NameField label={t('newName')} name={title} lengthMax={titleLengthMax} done={settle} />
}
