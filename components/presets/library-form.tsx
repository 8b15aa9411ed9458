'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, type ReactNode } from 'react'
import { useProblemText } from '@/components/chat/use-problem-text'
import { focusInForm } from '@/components/settings/focus-in-form'
import { Button } from '@/components/ui/button'
import type { Problem } from '@/shared/errors/problem'

type LibraryFormProps = {
  title: string
  problem: Problem | undefined
  /** Answers whether it came through. */
  save: () => Promise<boolean>
  close: () => void
  children: ReactNode
}

/** Stands in the place of the list until what is in it is saved, or given up. */
export function LibraryForm({ title, problem, save, close, children }: LibraryFormProps) {
  const t = useTranslations('library')
  const problemText = useProblemText()

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (await save()) close()
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="pt-3">
      <h2
        ref={focusInForm}
        tabIndex={-1}
        className="text-sm font-semibold wrap-anywhere outline-none"
      >
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
