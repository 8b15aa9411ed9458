import { ArrowDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { IconButton } from '@/components/ui/icon-button'

export function JumpButton({ jump }: { jump: () => void }) {
  const t = useTranslations('chat')
  return (
    <div className="pointer-events-none absolute inset-x-0 -top-12 flex justify-center">
      <IconButton
        label={t('jumpToLatest')}
        tooltipSide="top"
        onClick={jump}
        className="appear pointer-events-auto rounded-full border border-hairline bg-raised shadow-lift"
      >
        <ArrowDown aria-hidden />
      </IconButton>
    </div>
  )
}
