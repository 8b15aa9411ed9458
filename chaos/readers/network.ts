import type { IncomingHttpHeaders } from 'node:http'
import { EventStream } from '@/e2e/fixtures/event-stream'
import type { ReaderPlan } from '../plan/answer-plan'
import { passageHeader, servedByHeader, type Passage } from '../world/front'
import type { SharedAnswer } from './reader'

/** One reader’s way to the servers, with what the plan lets befall it. */
export type Network = {
  fetch(path: string, init?: RequestInit): Promise<Response>
  openStream(
    path: string,
    init?: { headers?: Record<string, string>; body?: object },
  ): Promise<EventStream>
  /** Between a break and the next try, in milliseconds. */
  pauseMs(): number
}

const pauseMsMax = 1000

export function createNetwork({
  plan,
  answer,
}: {
  plan: ReaderPlan
  answer: SharedAnswer
}): Network {
  const { random, bytesPerSecond } = plan
  const reader = `${answer.plan.index}/${plan.name}`
  let streamCount = 0

  function headersFor(path: string): Record<string, string> {
    const streams = isStream(path)
    const cut = streams ? plan.cuts[streamCount++] : undefined
    const passage: Passage = {
      reader,
      entry: random.whole(0, 99),
      ...(cut && { cut }),
      ...(streams && bytesPerSecond && { bytesPerSecond }),
    }
    return { cookie: answer.cookie, [passageHeader]: JSON.stringify(passage) }
  }

  return {
    fetch: (path, init = {}) => {
      const headers = new Headers(init.headers)
      for (const [name, value] of Object.entries(headersFor(path))) headers.set(name, value)
      return fetch(answer.url + path, { ...init, headers })
    },
    openStream: (path, { headers, body } = {}) =>
      EventStream.open({
        url: answer.url + path,
        method: body ? 'POST' : 'GET',
        headers: {
          ...(body && { 'content-type': 'application/json' }),
          ...headers,
          ...headersFor(path),
        },
        ...(body && { body: JSON.stringify(body) }),
      }),
    pauseMs: () => (plan.isEager ? 5 : random.next() * pauseMsMax),
  }
}

/** The port of the instance that a response came from. */
export function servedBy(headers: IncomingHttpHeaders): number {
  return Number(headers[servedByHeader])
}

function isStream(path: string): boolean {
  return path === '/api/chat' || path.endsWith('/stream')
}
