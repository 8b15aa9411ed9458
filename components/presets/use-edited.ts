'use client'

import { useState } from 'react'
import type { Edit, UnsavedEdits } from '@/client/settings/unsaved-edits'
import { useUnsaved } from '@/client/settings/use-unsaved'

type Edited<Item> = {
  /** The one whose form is shown in place of the list. */
  edited: Edit<Item> | undefined
  lastEditedId: string | undefined
  edit: (item: Item) => void
  close: () => void
}

export function useEdited<Item extends { id: string }>(edits: UnsavedEdits<Item>): Edited<Item> {
  const [edited] = useUnsaved(edits).values()
  const [lastEditedId, setLastEditedId] = useState<string>()
  return {
    edited,
    lastEditedId,
    edit: (item) => edits.begin(item.id, item),
    close: () => {
      if (!edited) return
      setLastEditedId(edited.opened.id)
      edits.end(edited.opened.id)
    },
  }
}
