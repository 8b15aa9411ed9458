'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useProblemText } from '@/components/chat/use-problem-text'
import { Button } from '@/components/ui/button'
import type { Problem } from '@/shared/errors/problem'

type LibraryFormProps = {
  title: string
  /** Resolves with what stood in the way. */
  save: () => Promise<Problem | undefined>
  close: () => void
  children: ReactNode
}

/** Stands in the place of the list until what is in it is saved, or given up. */
export function LibraryForm({ title, save, close, children }: LibraryFormProps) {
  const t = useTranslations('library')
  const problemText = useProblemText()
  const [problem, setProblem] = useState<Problem>()

  async function submit(event: FormEvent) {
    event.preventDefault()
    const failed = await save()
    if (failed) setProblem(failed)
    else close()
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="pt-3">
      <h2 ref={focus} tabIndex={-1} className="text-sm font-semibold wrap-anywhere outline-none">
        {title}
      </h2>
      {children}
      <p role="alert" className="mt-3 text-sm text-danger">
        {problem ? problemText(problem) : null}
      </p>
      <div className="flex justify-end gap-2 pt-3">
        <Button shape="quiet" onClick={close}>
          {t('cancel')}
        </Button>
        <Button type="submit" shape="primary">
          {t('save')}
        </Button>
      </div>
    </form>
  )
}

/** So that a screen reader says where one has come to. */
function focus(element: HTMLElement | null): void {
  element?.focus()
}
