import { Hourglass, PanelLeft, SquarePen } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { temporaryChatAddress } from '@/components/palette/open-address'
import { SearchEntry } from '@/components/palette/search-entry'
import { ChatLink } from '@/components/ui/chat-link'
import { IconButton } from '@/components/ui/icon-button'
import { Wordmark } from '@/components/ui/wordmark'
import { ChatList } from './chat-list'
import { Preferences } from './preferences'

type SidebarProps = {
  openChatId: string | undefined
  /** Folds the sidebar away, or closes the drawer it is in. */
  close: () => void
  closeLabel: string
  onPick: () => void
}

export function Sidebar({ openChatId, close, closeLabel, onPick }: SidebarProps) {
  const app = useTranslations('app')
  const t = useTranslations('sidebar')
  return (
    <>
      <div className="flex h-14 shrink-0 items-center justify-between ps-4 pe-2">
        <ChatLink onPick={onPick} className="flex items-center rounded-inside pointer-coarse:h-11">
          <Wordmark name={app('name')} />
        </ChatLink>
        <IconButton label={closeLabel} onClick={close}>
          <PanelLeft aria-hidden />
        </IconButton>
      </div>
      <div className="px-2">
        <div className="flex items-center">
          <ChatLink
            onPick={onPick}
            className="flex h-9 flex-1 items-center gap-2 rounded-inside px-2 text-sm text-ink transition-colors hover-able:bg-wash pointer-coarse:h-11"
          >
            <SquarePen aria-hidden className="size-4 text-river" />
            {t('newChat')}
          </ChatLink>
          <ChatLink
            address={temporaryChatAddress}
            onPick={onPick}
            aria-label={t('temporaryChat')}
            data-tooltip="bottom"
            className="icon-button"
          >
            <Hourglass aria-hidden className="size-4!" />
          </ChatLink>
        </div>
        <SearchEntry onPick={onPick} />
      </div>
      <ChatList openChatId={openChatId} onPick={onPick} />
      <Preferences />
    </>
  )
}
