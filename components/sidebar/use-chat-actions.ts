'use client'

import { useTranslations } from 'next-intl'
import type { Arrangement } from '@/client/api/list-api'
import { changes } from '@/client/chats/changes'
import { tabList } from '@/client/chats/tab-list'
import { focusNear } from './keep-focus'
import { showErrorToast, showToast } from '@/components/ui/toast'

/** What can be done with chats of the list, with a toast where something is to be confirmed or went wrong. */
export function useChatActions() {
  const t = useTranslations('sidebar')
  const more = useTranslations('organise')
  return { rename, remove, archive, pin, move, bringBack }

  async function rename(chatId: string, title: string) {
    await attempt(() => changes.rename(chatId, title), t('renameFailed'))
  }

  async function remove(chatIds: readonly string[]) {
    const place = leave(chatIds)
    if (
      !(await attempt(
        () => keepingFocus(chatIds, () => changes.remove(chatIds)),
        t('deleteFailed'),
      ))
    )
      return
    const description = titleOf(chatIds)
    const isOne = chatIds.length === 1
    showToast(isOne ? t('deleted') : more('deletedMany', count(chatIds)), {
      ...(description && { description }),
      action: { label: t('undo'), onClick: () => void undo(() => changes.restore(chatIds), place) },
    })
  }

  async function archive(chatIds: readonly string[]) {
    const place = leave(chatIds)
    await arrange(chatIds, {
      to: { archived: true },
      back: { archived: false },
      said: more('archived', count(chatIds)),
      place,
    })
  }

  async function bringBack(chatIds: readonly string[]) {
    await arrange(chatIds, {
      to: { archived: false },
      back: { archived: true },
      said: more('broughtBack', count(chatIds)),
    })
  }

  async function pin(chatIds: readonly string[], pinned: boolean) {
    await attempt(
      () => keepingFocus(chatIds, () => changes.arrange(chatIds, { pinned })),
      more('changeFailed'),
    )
  }

  /** To a folder; `null` is the list. */
  async function move(chatIds: readonly string[], folder: { id: string; name: string } | null) {
    const [first] = chatIds
    const from = first === undefined ? undefined : tabList.chat(first)
    await arrange(chatIds, {
      to: { folderId: folder?.id ?? null },
      // Many may come from many places; then there is no one place to go back to.
      ...(chatIds.length === 1 &&
        from && {
          back: { folderId: from.folderId, ...(from.pinnedAt !== null && { pinned: true }) },
        }),
      said: folder
        ? more('movedTo', { ...count(chatIds), folder: folder.name })
        : more('movedToList', count(chatIds)),
    })
  }

  async function arrange(
    chatIds: readonly string[],
    how: { to: Arrangement; back?: Arrangement; said: string; place?: string | undefined },
  ) {
    const { to, back, said, place } = how
    if (
      !(await attempt(
        () => keepingFocus(chatIds, () => changes.arrange(chatIds, to)),
        more('changeFailed'),
      ))
    )
      return
    const description = titleOf(chatIds)
    showToast(said, {
      ...(description && { description }),
      ...(back && {
        action: {
          label: t('undo'),
          onClick: () => void undo(() => changes.arrange(chatIds, back), place),
        },
      }),
    })
  }

  async function undo(undoing: () => Promise<void>, place: string | undefined) {
    if (!(await attempt(undoing, t('restoreFailed')))) return
    if (place) window.history.pushState(null, '', place)
  }
}

/** Whether it went well; what went wrong is said. */
async function attempt(change: () => Promise<void>, failure: string): Promise<boolean> {
  try {
    await change()
    return true
  } catch {
    showErrorToast(failure)
    return false
  }
}

/** What is changed shows at once, so the focus is looked after at once. */
function keepingFocus([chatId]: readonly string[], change: () => Promise<void>): Promise<void> {
  const settle = focusNear(chatId)
  const done = change()
  settle()
  return done
}

/** Away from the open chat if it is one of these. Answers the way back. */
function leave(chatIds: readonly string[]): string | undefined {
  const { pathname } = window.location
  if (!chatIds.some((id) => pathname === `/c/${id}`)) return undefined
  window.history.pushState(null, '', '/')
  return pathname
}

function titleOf([chatId, ...others]: readonly string[]): string | undefined {
  if (chatId === undefined || others.length > 0) return undefined
  return (tabList.chat(chatId) ?? tabList.removed(chatId))?.title
}

function count(chatIds: readonly string[]): { count: number } {
  return { count: chatIds.length }
}
