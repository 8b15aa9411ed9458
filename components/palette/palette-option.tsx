'use client'

import type { ReactNode } from 'react'
import { FieldOption } from '@/components/ui/field-option'
import { KeyCaps } from './key-caps'

export type Option = {
  /** Unlike that of any other option. */
  id: string
  content: ReactNode
  keys?: readonly string[] | undefined
  run: () => void
}

type PaletteOptionProps = { id: string; option: Option; active: boolean; point: () => void }

export function PaletteOption({ option: { content, keys, run }, ...place }: PaletteOptionProps) {
  return (
    <FieldOption {...place} run={run} className="gap-3">
      <span className="min-w-0 flex-1">{content}</span>
      {keys ? (
        <span className="pointer-coarse:hidden">
          <KeyCaps keys={keys} />
        </span>
      ) : null}
    </FieldOption>
  )
}
