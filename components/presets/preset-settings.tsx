'use client'

import { MessageSquarePlus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { browserEnvironment } from '@/client/browser/browser-environment'
import { openNewChatWith } from '@/client/presets/preset-address'
import { presets } from '@/client/presets/presets'
import { unsaved } from '@/client/settings/unsaved'
import { IconButton } from '@/components/ui/icon-button'
import { defaultParameters } from '@/shared/models/parameters'
import type { Preset } from '@/shared/presets/preset'
import { LibraryList } from './library-list'
import { PresetForm } from './preset-form'
import { PresetIcon } from './preset-icon'
import { useEdited } from './use-edited'

/** Ways to begin chats, made and changed here. */
export function PresetSettings() {
  const t = useTranslations('presets')
  const { edited, lastEditedId, edit, close } = useEdited(unsaved.presets)
  if (edited) return <PresetForm edited={edited} close={close} />
  return (
    <LibraryList
      store={presets}
      texts={{
        hint: t('hint'),
        create: t('create'),
        empty: t('empty'),
        loadFailed: t('loadFailed'),
      }}
      create={() => edit(newPreset())}
      edit={edit}
      lastEditedId={lastEditedId}
      noteOf={({ instructions }) => instructions}
      Icon={ItemIcon}
      Action={BeginButton}
    />
  )
}

function ItemIcon({ item }: { item: Preset }) {
  return <PresetIcon icon={item.icon} />
}

function BeginButton({ item: { id, name } }: { item: Preset }) {
  const t = useTranslations('presets')
  return (
    <IconButton label={t('begin', { name })} onClick={() => openNewChatWith(id)}>
      <MessageSquarePlus aria-hidden />
    </IconButton>
  )
}

function newPreset(): Preset {
  return {
    id: browserEnvironment.newId(),
    name: '',
    icon: 'sparkles',
    instructions: '',
    model: null,
    parameters: defaultParameters,
    suggestions: [],
  }
}
