'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Dialog, Tabs } from 'radix-ui'
import { type ComponentType, useRef, useSyncExternalStore } from 'react'
import { closeSettings, openSettings, showSettingsPart } from '@/client/settings/settings-address'
import { leaveUnsaved } from '@/client/settings/unsaved'
import { userSettings } from '@/client/settings/user-settings'
import { ShortcutGroups } from '@/components/palette/shortcut-list'
import { PresetSettings } from '@/components/presets/preset-settings'
import { PromptSettings } from '@/components/presets/prompt-settings'
import { IconButton } from '@/components/ui/icon-button'
import { pageDirection } from '@/components/ui/page-direction'
import { showToast } from '@/components/ui/toast'
import { AboutSettings } from './about-settings'
import { GeneralSettings } from './general-settings'
import { InstructionSettings } from './instruction-settings'
import { ModelSettings } from './model-settings'
import { SavingStatus } from './saving-status'
import { UsageSettings } from './usage-settings'

const parts = {
  general: GeneralSettings,
  instructions: InstructionSettings,
  presets: PresetSettings,
  prompts: PromptSettings,
  models: ModelSettings,
  usage: UsageSettings,
  shortcuts: ShortcutGroups,
  about: AboutSettings,
} satisfies Record<string, ComponentType>

type Part = keyof typeof parts
const names = Object.keys(parts).filter(isPart)

type SettingsDialogProps = {
  /** What the address names; null while they are closed. */
  part: string | null
}

/**
 * Everything that a user may choose. What is changed here is saved at once; what stands in a form stays there while the page
 * is open, and whoever closes the dialog is told.
 */
export default function SettingsDialog({ part }: SettingsDialogProps) {
  const t = useTranslations('settingsDialog')
  const opener = useRef<Element>(null)

  /** The dialog itself takes the focus: a focused button would show its tooltip. */
  function focusDialog(event: Event) {
    event.preventDefault()
    opener.current = document.activeElement
    if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
  }

  function focusOpener(event: Event) {
    event.preventDefault()
    userSettings.flush()
    sayUnsaved()
    if (opener.current instanceof HTMLElement) opener.current.focus()
  }

  function sayUnsaved() {
    const left = leaveUnsaved()
    if (!left) return
    showToast(t('unsaved'), { action: { label: t('goOn'), onClick: () => openSettings(left) } })
  }

  return (
    <Dialog.Root open={part !== null} onOpenChange={(open) => open || closeSettings()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-(--veil)" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={focusDialog}
          onCloseAutoFocus={focusOpener}
          className="appear fixed inset-x-0 top-0 z-50 flex h-[var(--visible-height,100dvh)] flex-col overflow-hidden bg-paper outline-none md:inset-x-auto md:top-1/2 md:left-1/2 md:h-[min(40rem,88dvh)] md:w-[min(48rem,calc(100vw-3rem))] md:-translate-1/2 md:rounded-outside md:border md:border-hairline md:shadow-float"
        >
          <header className="flex h-14 shrink-0 items-center gap-3 border-b border-hairline ps-4 pe-2 md:ps-5">
            <Dialog.Title className="shrink-0 text-[0.9375rem] font-semibold tracking-[-0.01em]">
              {t('title')}
            </Dialog.Title>
            <SavingStatus />
            <IconButton label={t('close')} onClick={closeSettings} className="ms-auto">
              <X aria-hidden />
            </IconButton>
          </header>
          <Parts part={isPart(part) ? part : 'general'} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Parts({ part }: { part: Part }) {
  const t = useTranslations('settingsDialog')
  const isWide = useWide()
  const Shown = parts[part]
  return (
    <Tabs.Root
      value={part}
      onValueChange={showSettingsPart}
      orientation={isWide ? 'vertical' : 'horizontal'}
      dir={pageDirection()}
      className="flex min-h-0 flex-1 flex-col md:flex-row"
    >
      <Tabs.List
        aria-label={t('parts')}
        className="flex shrink-0 gap-1 overflow-x-auto border-b border-hairline px-2 py-1.5 md:w-44 md:flex-col md:overflow-visible md:border-e md:border-b-0 md:p-2"
      >
        {names.map((name) => (
          <Tabs.Trigger
            key={name}
            value={name}
            className="flex h-8 shrink-0 items-center rounded-inside px-3 text-sm text-soft -outline-offset-2 transition-colors hover-able:text-ink data-[state=active]:bg-wash data-[state=active]:text-ink pointer-coarse:h-11"
          >
            {t(`part.${name}`)}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <Tabs.Content
        key={part}
        value={part}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-4 pt-2 pb-[max(1.5rem,env(safe-area-inset-bottom))] -outline-offset-2 md:px-6"
      >
        <Shown />
      </Tabs.Content>
    </Tabs.Root>
  )
}

function isPart(name: string | null): name is Part {
  return name !== null && Object.hasOwn(parts, name)
}

const wide = '(min-width: 48rem)'

function useWide(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = window.matchMedia(wide)
      query.addEventListener('change', listener)
      return () => query.removeEventListener('change', listener)
    },
    () => window.matchMedia(wide).matches,
    () => false,
  )
}
