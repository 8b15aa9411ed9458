'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Dialog } from 'radix-ui'
import { IconButton } from '@/components/ui/icon-button'
import type { Drawing } from './drawing'

type DiagramDialogProps = {
  drawing: Drawing
  name: string
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** The diagram on the whole page, at its own size at least. */
export default function DiagramDialog({ drawing, name, open, onOpenChange }: DiagramDialogProps) {
  const t = useTranslations('markdown')
  const { url, width, height } = drawing
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-(--veil)" />
        <Dialog.Content aria-describedby={undefined} className="diagram-dialog">
          <Dialog.Title className="sr-only">{name}</Dialog.Title>
          <div className="diagram-sheet" tabIndex={0} role="group" aria-label={name}>
            <img src={url} alt={name} width={Math.round(width)} height={Math.round(height)} />
          </div>
          <Dialog.Close asChild>
            <IconButton label={t('close')} className="absolute top-2 inset-e-2">
              <X aria-hidden />
            </IconButton>
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
