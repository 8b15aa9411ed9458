import type { ModelRef } from '@/shared/models/model-catalog'
import { requestJson, type Fetch } from '../../api/http'
import type { Queue } from './queue-cell'

type Queued = { chatId: string; id: string }

/** The calls of docs/protocol.md § 2 about what waits. Each answers the queue as it is then, or rejects with a `ProblemError`. */
export type QueueApi = {
  load: (chatId: string) => Promise<Queue>
  add: (message: Queued & { text: string; model?: ModelRef | undefined }) => Promise<Queue>
  change: (
    message: Queued & { text?: string; model?: ModelRef; position?: number },
  ) => Promise<Queue>
  remove: (message: Queued) => Promise<Queue>
  sendNow: (message: Queued) => Promise<Queue>
}

export function createQueueApi(fetch: Fetch): QueueApi {
  async function request(
    path: string,
    options: { method?: string; body?: unknown } = {},
  ): Promise<Queue> {
    const schema = async () => (await import('../../api/answers')).queueSchema
    return (await requestJson(fetch, path, { schema, ...options })).queue
  }

  return {
    load: (chatId) => request(queuePath(chatId)),
    add: ({ chatId, ...body }) => request(queuePath(chatId), { method: 'POST', body }),
    change: ({ chatId, id, ...body }) => request(queuePath(chatId, id), { method: 'PATCH', body }),
    remove: ({ chatId, id }) => request(queuePath(chatId, id), { method: 'DELETE' }),
    sendNow: ({ chatId, id }) => request(`${queuePath(chatId, id)}/send`, { method: 'POST' }),
  }
}

function queuePath(...[chatId, ...ids]: [string, ...string[]]): string {
  return ['/api/chats', encodeURIComponent(chatId), 'queue', ...ids].join('/')
}
