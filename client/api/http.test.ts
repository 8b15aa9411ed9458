import { expect, it } from 'vitest'
import * as z from 'zod/mini'
import { requestJson, unreachableProblem } from './http'

/** Answers nothing, and lets go when it is told to. */
function hangs(_path: string, init?: RequestInit): Promise<Response> {
  return new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
  })
}

it('takes a connection that hangs for no answer', async () => {
  const asked = requestJson(hangs, '/api/chats', {
    schema: () => Promise.resolve(z.unknown()),
    answerMs: 20,
  })
  await expect(asked).rejects.toMatchObject({ problem: unreachableProblem })
})

it('leaves the caller’s own reason as it is', async () => {
  const caller = new AbortController()
  const asked = requestJson(hangs, '/api/chats', {
    schema: () => Promise.resolve(z.unknown()),
    signal: caller.signal,
  })
  caller.abort(new Error('Gone elsewhere.'))
  await expect(asked).rejects.toThrow('Gone elsewhere.')
})
