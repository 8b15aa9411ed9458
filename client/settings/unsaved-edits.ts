import type { Problem } from '@/shared/errors/problem'
import { sameValue } from '../chat/same-value'

/** A form's fields, as they were when it was opened and as they are now. */
export type Edit<Fields, Failure = Problem> = {
  readonly opened: Fields
  readonly written: Fields
  readonly isSaving: boolean
  /** What stood in the way of the last try to save them. */
  readonly failure: Failure | undefined
}

export type UnsavedEdits<Fields, Failure = Problem> = {
  getSnapshot: () => ReadonlyMap<string, Edit<Fields, Failure>>
  subscribe: (listener: () => void) => () => void
  begin: (id: string, fields: Fields) => void
  write: (id: string, part: Partial<Fields>) => void
  /** Answers whether `save` came through, which resolves with what stood in the way. Nothing while it is being saved. */
  save: (id: string, save: (fields: Fields) => Promise<Failure | undefined>) => Promise<boolean>
  end: (id: string) => void
  /** Ends what nobody has written in. Answers whether anything is left. */
  leave: () => boolean
}

/**
 * What stands in forms, by their ids, and is not saved yet. It outlasts them and goes with the page, so a dialog may be
 * closed at any time: nobody is asked, and nothing is lost. No device keeps it, for there may be a key in it.
 */
export function createUnsavedEdits<Fields extends object, Failure = Problem>(): UnsavedEdits<
  Fields,
  Failure
> {
  const listeners = new Set<() => void>()
  let edits: ReadonlyMap<string, Edit<Fields, Failure>> = new Map()

  function show(next: Iterable<[string, Edit<Fields, Failure>]>) {
    edits = new Map(next)
    for (const listener of listeners) listener()
  }

  function change(id: string, part: Partial<Edit<Fields, Failure>>) {
    const edit = edits.get(id)
    if (edit) show([...edits, [id, { ...edit, ...part }]])
  }

  return {
    getSnapshot: () => edits,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    begin: (id, fields) =>
      show([
        ...edits,
        [id, { opened: fields, written: fields, isSaving: false, failure: undefined }],
      ]),
    write: (id, part) => {
      const edit = edits.get(id)
      if (edit) change(id, { written: { ...edit.written, ...part } })
    },
    save: async (id, save) => {
      const edit = edits.get(id)
      if (!edit || edit.isSaving) return false
      change(id, { isSaving: true, failure: undefined })
      const failure = await save(edit.written)
      change(id, { isSaving: false, failure })
      return failure === undefined
    },
    end: (id) => show([...edits].filter(([each]) => each !== id)),
    leave: () => {
      const touched = ([, { opened, written }]: [string, Edit<Fields, Failure>]) =>
        !sameValue(opened, written)
      show([...edits].filter(touched))
      return edits.size > 0
    },
  }
}
