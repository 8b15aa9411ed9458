'use client'

import { useState } from 'react'

type Edited<Item> = {
  /** The one whose form is shown in place of the list. */
  edited: Item | undefined
  lastEditedId: string | undefined
  edit: (item: Item) => void
  close: () => void
}

export function useEdited<Item extends { id: string }>(): Edited<Item> {
  const [edited, setEdited] = useState<Item>()
  const [lastEditedId, setLastEditedId] = useState<string>()
  return {
    edited,
    lastEditedId,
    edit: setEdited,
    close: () => {
      setLastEditedId(edited?.id)
      setEdited(undefined)
    },
  }
}
