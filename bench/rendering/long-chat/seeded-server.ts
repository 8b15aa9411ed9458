import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { startServer } from '@/e2e/fixtures/server'
import { step, type Step } from '@/e2e/upstream/steps'
import { startUpstream } from '@/e2e/upstream/upstream'
import { chunksOf, createDocument } from '../documents/document'
import { cookieOf, seedChat, type SeededChat } from './seed'

export type SeededServer = {
  url: string
  /** Of the user whose chats they are. */
  cookies: { name: string; value: string; url: string }[]
  longChat: SeededChat
  /** One question and an answer without code or formulas. */
  plainChat: SeededChat
  /** The last word of whatever the model answers from now on. */
  answerEnds: string
}

const model = { provider: 'upstream', id: 'test-model' }
const secret = 'only the bench signs with this one secret'
const answerBytes = 10_000
const intervalMs = 4

/** A production server with a long chat and a short one; everything is gone afterwards. */
export async function withSeededServer<Result>(
  size: { messages: number; bytes: number },
  work: (server: SeededServer) => Promise<Result>,
): Promise<Result> {
  const answer = createDocument('mixed', answerBytes)
  const upstream = await startUpstream()
  upstream.respond(({ body }) => (body['stream'] === true ? paced(answer.text) : titleAlone()))
  const server = await startServer({ env: settingsOf(upstream.baseUrl) })
  const userId = randomUUID()
  try {
    await server.kill('SIGTERM')
    const seeding = { dataDir: server.dataDir, userId, model }
    const longChat = await seedChat({ ...seeding, ...size })
    const plainChat = await seedChat({ ...seeding, messages: 2, bytes: 200 })
    await server.restart()
    const cookies = [{ ...cookieOf({ userId, secret }), url: server.url }]
    const answerEnds = answer.marks.at(-1) ?? ''
    return await work({ url: server.url, cookies, longChat, plainChat, answerEnds })
  } finally {
    await server.stop()
    await upstream.close()
  }
}

function settingsOf(baseUrl: string): Record<string, string> {
  return {
    SESSION_SECRET: secret,
    MODEL_ENDPOINTS: JSON.stringify([{ id: model.provider, name: 'Upstream', baseUrl }]),
    DEFAULT_MODEL: `${model.provider}/${model.id}`,
  }
}

/** To an absolute schedule: a server that is busy gets no pause. */
async function* paced(text: string): AsyncGenerator<Step> {
  const startedAt = performance.now()
  for (const [index, chunk] of chunksOf(text).entries()) {
    const waitMs = startedAt + index * intervalMs - performance.now()
    if (waitMs > 0) await delay(waitMs)
    yield step.text(chunk)
  }
}

function* titleAlone(): Generator<Step> {
  yield step.text('A chat')
}
