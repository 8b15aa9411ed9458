'use client'

import { Suspense, useEffect, useState } from 'react'
import type { ChatSession } from '@/client/chat/chat-session'
import { loadChatSession } from '@/client/chat/load-chat-session'
import { lazyPart } from '@/components/ui/lazy-part'
import type { Problem } from '@/shared/errors/problem'
import { ChatSkeleton } from './chat-skeleton'

const LoadFailed = lazyPart(() => import('./load-failed'), { tellsFailure: true })

/** Stands for a conversation that is not here yet, and fetches it. */
export function ChatLoader({ session }: { session: ChatSession }) {
  const [attempt, setAttempt] = useState(0)
  return <Loading key={attempt} session={session} retry={() => setAttempt(attempt + 1)} />
}

function Loading({ session, retry }: { session: ChatSession; retry: () => void }) {
  const [problem, setProblem] = useState<Problem>()

  useEffect(() => {
    const abort = new AbortController()
    void loadChatSession(session, abort.signal).then((found) => {
      if (!abort.signal.aborted) setProblem(found)
    })
    return () => abort.abort()
  }, [session])

  return problem ? (
    <Suspense>
      <LoadFailed problem={problem} retry={retry} />
    </Suspense>
  ) : (
    <ChatSkeleton />
  )
}
