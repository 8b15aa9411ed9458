'use client'

import { ArrowDown, ArrowUp, Pencil, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { KeyboardEvent, ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import type { QueuedMessage } from '@/shared/chat/queued-message'
import { firstWords } from '@/shared/chat/title'

type QueueRowProps = {
  message: QueuedMessage
  /** Counted from 0. */
  position: number
  count: number
  move: (position: number) => void
  edit: () => void
  remove: () => void
  sendNow: () => void
  /** What is to be said about it. */
  children: ReactNode
}

/** More than two lines hold. */
const excerptLength = 600

export function QueueRow({
  message: { text },
  position,
  count,
  move,
  edit,
  remove,
  sendNow,
  children,
}: QueueRowProps) {
  const t = useTranslations('queue')
  const name = firstWords(text)

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!event.altKey || step === undefined) return
    event.preventDefault()
    move(position + step)
  }

  const control = { tooltipSide: 'top', onKeyDown } as const

  return (
    <li className="flex flex-wrap items-center gap-x-3 px-4 py-1.5 sm:px-6 pointer-coarse:py-1">
      <p className="line-clamp-2 min-w-44 flex-1 py-1 text-sm leading-snug wrap-anywhere">
        {text.slice(0, excerptLength)}
      </p>
      <div className="ms-auto -me-2 flex items-center sm:-me-4">
        {count > 1 ? (
          <>
            <IconButton
              {...control}
              label={t('moveUp', { name })}
              data-control="up"
              aria-disabled={position === 0}
              onClick={() => move(position - 1)}
              className={position === 0 ? 'opacity-40' : undefined}
            >
              <ArrowUp aria-hidden />
            </IconButton>
            <IconButton
              {...control}
              label={t('moveDown', { name })}
              data-control="down"
              aria-disabled={position === count - 1}
              onClick={() => move(position + 1)}
              className={position === count - 1 ? 'opacity-40' : undefined}
            >
              <ArrowDown aria-hidden />
            </IconButton>
          </>
        ) : null}
        <IconButton {...control} label={t('edit', { name })} data-control="edit" onClick={edit}>
          <Pencil aria-hidden />
        </IconButton>
        <IconButton
          {...control}
          label={t('remove', { name })}
          data-control="remove"
          onClick={remove}
        >
          <X aria-hidden />
        </IconButton>
        <Button
          shape="quiet"
          aria-label={t('sendNowOf', { name })}
          onKeyDown={onKeyDown}
          onClick={sendNow}
        >
          {t('sendNow')}
        </Button>
      </div>
      {children}
    </li>
  )
}
