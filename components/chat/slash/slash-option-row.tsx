'use client'

import { FieldOption } from '@/components/ui/field-option'
import type { SlashOption } from './use-slash-options'

type SlashOptionRowProps = { id: string; option: SlashOption; active: boolean; point: () => void }

export function SlashOptionRow({
  option: { icon, name, note, run },
  ...place
}: SlashOptionRowProps) {
  return (
    <FieldOption
      {...place}
      run={run}
      className="gap-2.5 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-soft"
    >
      {icon}
      <span className="max-w-[60%] shrink-0 truncate">{name}</span>
      <span className="min-w-0 truncate text-xs text-faint">{note}</span>
    </FieldOption>
  )
}
