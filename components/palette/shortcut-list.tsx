'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { isMac } from '@/client/shortcuts/shortcut-of'
import { keysOf, shortcutTable } from '@/client/shortcuts/shortcut-table'
import { IconButton } from '@/components/ui/icon-button'
import { KeyCaps } from './key-caps'

const groups = ['anywhere', 'chat'] as const

export function ShortcutList({ close }: { close: () => void }) {
  const t = useTranslations('shortcuts')
  return (
    <div className="min-h-0 overflow-y-auto p-5">
      <div className="flex items-center justify-between">
        <p aria-hidden className="font-medium">
          {t('title')}
        </p>
        <IconButton label={t('close')} onClick={close} className="-me-1.5">
          <X aria-hidden />
        </IconButton>
      </div>
      <ShortcutGroups />
    </div>
  )
}

/** Every shortcut and its keys. */
export function ShortcutGroups() {
  const t = useTranslations('shortcuts')
  return (
    <>
      {groups.map((group) => (
        <section key={group}>
          <h3 className="mt-4 mb-1 text-xs text-faint">{t(group)}</h3>
          <dl className="divide-y divide-hairline">
            {shortcutTable
              .filter((shortcut) => shortcut.group === group)
              .map(({ command }) => (
                <div key={command} className="flex items-center justify-between gap-4 py-2 text-sm">
                  <dt>{t(command)}</dt>
                  <dd>
                    <KeyCaps keys={keysOf(command, isMac())} />
                  </dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </>
  )
}
