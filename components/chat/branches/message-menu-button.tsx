'use client'

import { Ellipsis } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ChatSession } from '@/client/chat/chat-session'
import { lazyPart } from '@/components/ui/lazy-part'
import { MenuButton } from '@/components/ui/menu-button'

const loadMenu = () => import('./message-menu')
const MessageMenu = lazyPart(loadMenu)

type MessageMenuButtonProps = { session: ChatSession; messageId: string }

/** What is done to a message less often. */
export function MessageMenuButton(props: MessageMenuButtonProps) {
  const t = useTranslations('chat')
  return (
    <MenuButton
      aria-label={t('more')}
      load={loadMenu}
      menu={<MessageMenu {...props} />}
      className="icon-button [&_svg]:size-4"
    >
      <Ellipsis aria-hidden />
    </MenuButton>
  )
}
