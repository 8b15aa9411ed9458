'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { problemOf } from '@/client/api/http'
import { createComparedAnswer } from '@/client/chat/compared-answer'
import { useMessageIds, useMessageOutline, useSessionPhase } from '@/client/chat/use-chat-session'
import { Button } from '@/components/ui/button'
import type { Problem } from '@/shared/errors/problem'
import { useProblemText } from '../use-problem-text'
import { ColumnFrame, ComparedColumn } from './compared-column'

type OtherColumnProps = { chatId: string; answerId: string; goOn: () => void }

/** An answer beside the one that its chat shows. */
export function OtherColumn({ chatId, answerId, goOn }: OtherColumnProps) {
  const t = useTranslations('comparison')
  const chat = useTranslations('chat')
  const problemText = useProblemText()
  const [{ session, load }] = useState(() => createComparedAnswer(chatId, answerId))
  const [problem, setProblem] = useState<Problem>()
  const ids = useMessageIds(session)
  const phase = useSessionPhase(session)
  const outline = useMessageOutline(session, answerId)

  useEffect(() => {
    const abort = new AbortController()
    void outcomeOf(load(abort.signal)).then((found) => {
      if (!abort.signal.aborted) setProblem(found)
    })
    return () => {
      abort.abort()
      void session.release()
    }
  }, [session, load])

  async function tryAgain() {
    setProblem(await outcomeOf(load()))
  }

  if (outline)
    return <ComparedColumn session={session} outline={outline} phase={phase} goOn={goOn} />
  const isGone = problem?.status === 404 || ids.length > 0
  return (
    <ColumnFrame name={undefined}>
      <p role={problem ? 'alert' : 'status'} className="text-sm text-soft">
        {isGone ? t('gone') : problem ? problemText(problem) : t('loading')}
      </p>
      {problem && !isGone ? (
        <Button onClick={() => void tryAgain()} className="mt-2">
          {chat('retry')}
        </Button>
      ) : null}
    </ColumnFrame>
  )
}

function outcomeOf(loading: Promise<void>): Promise<Problem | undefined> {
  return loading.then(() => undefined, problemOf)
}
