import { randomUUID } from 'node:crypto'
import { sessionCookie } from '@/server/auth/session-cookie'
import { createSessionToken } from '@/server/auth/session-token'
import { openDatabase } from '@/server/db/database'
import type { ModelRef } from '@/shared/models/model-catalog'
import { mixedPieces } from '../documents/mixed'
import { createWriter } from '../documents/writer'

/** Where it opens, a word that stands at its end alone, and how much Markdown its answers are. */
export type SeededChat = { path: string; lastWords: string; bytes: number }

/** Signed by the server’s own secret, so that the seeded user can be visited. */
export function cookieOf({ userId, secret }: { userId: string; secret: string }) {
  return {
    name: sessionCookie,
    value: createSessionToken({ userId, issuedAt: Date.now() }, secret),
  }
}

/** Writes a chat of so many messages into a data folder that no server has open. */
export async function seedChat({
  dataDir,
  userId,
  model,
  messages,
  bytes,
}: {
  dataDir: string
  userId: string
  model: ModelRef
  messages: number
  bytes: number
}): Promise<SeededChat> {
  const database = await openDatabase({ dataDir })
  const chatId = randomUUID()
  const turns = messages / 2
  const answers = answersOf({ count: turns, bytes: bytes / turns })
  const instance = 'seed'
  for (const [index, text] of answers.entries()) {
    const [runId, now] = [randomUUID(), Date.now() - (turns - index) * 60_000]
    await database.runs.begin({
      kind: 'submit',
      userId,
      chatId,
      runId,
      answerId: randomUUID(),
      requestKey: randomUUID(),
      instance,
      model,
      now,
      message: { id: randomUUID(), text: `Question ${index + 1}: and how does it go on?` },
      title: 'A long chat',
    })
    const parts = [{ type: 'text' as const, text, state: 'done' as const }]
    await database.runs.end({ runId, instance, status: 'done', parts, metadata: {}, seq: 1, now })
  }
  await database.close()
  return {
    path: `/c/${chatId}`,
    lastWords:
      answers
        .at(-1)
        ?.match(/mark\d+/g)
        ?.at(-1) ?? '',
    bytes: answers.reduce((sum, answer) => sum + Buffer.byteLength(answer), 0),
  }
}

function answersOf({ count, bytes }: { count: number; bytes: number }): string[] {
  const pieces = mixedPieces(createWriter())
  return Array.from({ length: count }, () => {
    let text = ''
    while (Buffer.byteLength(text) < bytes) text += pieces.next().value
    return text
  })
}
