import { expect, it } from 'vitest'
import { newChatPlace } from '@/shared/chat/shelf'
import { createChatApi } from './chat-api'
import type { Fetch } from './http'
import { createListApi } from './list-api'

const chat = {
  id: 'c1',
  title: 'One',
  createdAt: 1,
  updatedAt: 2,
  activeRunId: null,
  ...newChatPlace,
}
const message = {
  id: 'm1',
  role: 'user',
  parts: [{ type: 'text', text: 'Hi' }],
  metadata: { status: 'done', createdAt: 1 },
}

function setUp(answer: () => Response | Promise<Response>) {
  const requests: {
    path: string
    method: string | undefined
    body: unknown
    contentType: string | null
  }[] = []
  const answering: Fetch = (path, init) => {
    const headers = new Headers(init?.headers)
    requests.push({
      path,
      method: init?.method,
      body: init?.body,
      contentType: headers.get('content-type'),
    })
    return Promise.resolve(answer())
  }
  const api = { ...createChatApi(answering), ...createListApi(answering) }
  return { api, requests }
}

it('loads a chat with its messages', async () => {
  const { api, requests } = setUp(() =>
    Response.json({ ...chat, model: null, messages: [message], hasEarlier: false }),
  )
  expect(await api.loadChat('c1')).toEqual({
    ...chat,
    model: null,
    messages: [message],
    hasEarlier: false,
  })
  expect(requests).toEqual([
    { path: '/api/chats/c1', method: 'GET', body: undefined, contentType: null },
  ])
})

it('takes an answer that was cut in the middle for none, which is worth another try', async () => {
  const { api } = setUp(() => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"id":'))
        controller.error(new TypeError('terminated'))
      },
    })
    return new Response(body, { headers: { 'content-type': 'application/json' } })
  })
  await expect(api.loadChat('c1')).rejects.toMatchObject({ problem: { code: 'unreachable' } })
})

it('says application/json with everything that changes something', async () => {
  const { api, requests } = setUp(() => Response.json({ ...chat, stopped: true }))
  await api.changeChat('c1', { title: 'Two' })
  await api.removeChat('c1')
  await api.restoreChat('c1')
  await api.stopRun('c1', 'r1')
  expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'PATCH /api/chats/c1',
    'DELETE /api/chats/c1',
    'POST /api/chats/c1/restore',
    'POST /api/chat/c1/stop',
  ])
  expect(requests.every(({ contentType }) => contentType === 'application/json')).toBe(true)
  expect(requests[3]?.body).toBe('{"runId":"r1"}')
})

it('rejects with the problem that the server states, and how long to wait', async () => {
  const problem = {
    title: 'Slow down',
    status: 429,
    code: 'rate-limited',
    detail: 'Wait.',
    requestId: 'r',
  }
  const { api } = setUp(() =>
    Response.json(problem, { status: 429, headers: { 'retry-after': '3' } }),
  )
  await expect(api.listChats({ shelf: '@list' })).rejects.toMatchObject({
    problem,
    retryAfterMs: 3_000,
  })
})

it('makes a problem of what is no answer of ours', async () => {
  const { api } = setUp(() => new Response('<html>', { status: 503 }))
  await expect(api.listChats({ shelf: '@list' })).rejects.toMatchObject({
    problem: { code: 'internal', status: 503 },
  })
  const unexpected = setUp(() => Response.json({ chats: 'none' }))
  await expect(unexpected.api.listChats({ shelf: '@list' })).rejects.toMatchObject({
    problem: { code: 'internal' },
  })
})

it('makes a problem of no answer at all', async () => {
  const { api } = setUp(() => Promise.reject(new TypeError('fetch failed')))
  await expect(api.listChats({ shelf: '@list' })).rejects.toMatchObject({
    problem: { code: 'unreachable', status: 0 },
  })
})

it('passes an abort on as it is', async () => {
  const abort = new AbortController()
  const { api } = setUp(() => {
    abort.abort()
    return Promise.reject(abort.signal.reason)
  })
  await expect(api.loadChat('c1', abort.signal)).rejects.toMatchObject({ name: 'AbortError' })
})
