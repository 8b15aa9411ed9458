'use client'

import { Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ComponentType } from 'react'
import type { LibraryStore } from '@/client/presets/library-store'
import { useLibrary } from '@/client/presets/use-library'
import { useProblemText } from '@/components/chat/use-problem-text'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { showErrorToast, showToast } from '@/components/ui/toast'
import { libraryMax } from '@/shared/presets/limits'

type LibraryItem = { id: string; name: string }

type LibraryListProps<Item extends LibraryItem> = {
  store: LibraryStore<Item>
  texts: { hint: string; create: string; empty: string; loadFailed: string }
  create: () => void
  edit: (item: Item) => void
  /** Whoever has just edited it goes on from there. */
  lastEditedId: string | undefined
  /** What stands under the name. */
  noteOf: (item: Item) => string
  Icon: ComponentType<{ item: Item }>
  /** Another button behind it. */
  Action?: ComponentType<{ item: Item }>
}

/** What a user keeps of one kind: to look at, and to change one by one. */
export function LibraryList<Item extends LibraryItem>(props: LibraryListProps<Item>) {
  const { store, texts, create } = props
  const t = useTranslations('library')
  const { items, failed } = useLibrary(store)
  return (
    <>
      <div className="flex flex-col gap-2 py-3.5 sm:flex-row sm:items-start sm:justify-between sm:gap-6">
        <p className="text-xs leading-relaxed text-pretty text-soft">{texts.hint}</p>
        <Button
          onClick={create}
          disabled={!items || items.length >= libraryMax}
          className="self-start"
        >
          <Plus aria-hidden className="size-3.5" />
          {texts.create}
        </Button>
      </div>
      {failed && !items ? (
        <div role="alert" className="flex items-center gap-3 text-sm text-danger">
          {texts.loadFailed}
          <Button onClick={() => void store.load()}>{t('tryAgain')}</Button>
        </div>
      ) : null}
      {items?.length === 0 ? (
        <p className="border-t border-hairline py-6 text-sm text-soft">{texts.empty}</p>
      ) : null}
      <ul>
        {items?.map((item) => (
          <Row key={item.id} {...props} item={item} />
        ))}
      </ul>
    </>
  )
}

function Row<Item extends LibraryItem>(props: LibraryListProps<Item> & { item: Item }) {
  const { store, item, edit, lastEditedId, noteOf, Icon, Action } = props
  const t = useTranslations('library')
  const remove = useRemove(store, item)
  return (
    <li className="flex min-h-12 items-center gap-1 border-t border-hairline">
      <button
        ref={item.id === lastEditedId ? focus : null}
        type="button"
        aria-label={t('edit', { name: item.name })}
        onClick={() => edit(item)}
        className="-ms-2 flex min-w-0 flex-1 items-center gap-3 rounded-inside px-2 py-2 text-start hover-able:bg-wash [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-soft"
      >
        <Icon item={item} />
        <span className="min-w-0">
          <span className="block truncate text-sm">{item.name}</span>
          <span className="block truncate text-xs text-faint">{noteOf(item)}</span>
        </span>
      </button>
      {Action ? <Action item={item} /> : null}
      <IconButton label={t('delete', { name: item.name })} onClick={() => void remove()}>
        <Trash2 aria-hidden />
      </IconButton>
    </li>
  )
}

/** Takes it away, and offers to bring it back. */
function useRemove<Item extends LibraryItem>(
  store: LibraryStore<Item>,
  item: Item,
): () => Promise<void> {
  const t = useTranslations('library')
  const problemText = useProblemText()

  async function restore() {
    const problem = await store.put(item)
    if (problem) showErrorToast(problemText(problem))
  }

  return async () => {
    const problem = await store.remove(item.id)
    if (problem && problem.status !== 404) return showErrorToast(problemText(problem))
    showToast(t('deleted', { name: item.name }), {
      action: { label: t('undo'), onClick: () => void restore() },
    })
  }
}

function focus(element: HTMLElement | null): void {
  element?.focus()
}
