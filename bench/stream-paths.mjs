import { setImmediate as turn } from 'node:timers/promises'
import { createUIMessageStreamResponse, streamText, toUIMessageStream } from 'ai'
import { chunkOfPart } from '../server/chat/chunk-of-part.ts'
import { receiveAnswer } from '../server/chat/receive-answer.ts'
import { runFrames } from '../server/chat/run-frames.ts'
import { sseResponse } from '../server/http/sse-response.ts'
import { createMemoryStreamLog } from '../server/stream-log/memory.ts'
import { AnswerDraft } from '../shared/chat/answer-draft.ts'

const prompt = [{ role: 'user', content: [{ type: 'text', text: 'Count.' }] }]
const usage = { inputTokens: { total: 1 }, outputTokens: { total: 1 } }
const never = new AbortController().signal

/** What every path pays: the model's parts, each in a turn of the event loop of its own, as from a network. */
export async function modelAlone(tokens) {
  const { stream } = await tokenModel(tokens).doStream()
  let count = 0
  for await (const _ of stream) count++
  return count
}

/** What the AI SDK's documentation shows for a route. */
export function usualPath(tokens) {
  const result = streamText({ model: tokenModel(tokens), prompt: 'Count.' })
  return drain(
    createUIMessageStreamResponse({ stream: toUIMessageStream({ stream: result.stream }) }),
  )
}

/** Rivulet's own, from the provider to the bytes of a response, without the database. */
export async function directPath(tokens) {
  const streamLog = createMemoryStreamLog()
  const writer = await streamLog.open('run')
  const frames = (signal) => runFrames('run', streamLog.read('run', { after: 0, signal }))
  const drained = drain(
    sseResponse({
      frames,
      signal: never,
      mayRead: () => Promise.resolve(true),
      reader: { kind: 'run', resumed: false },
      metrics: { readerOpened: () => ({ closed() {} }), readerDropped() {} },
    }),
  )
  const draft = new AnswerDraft()
  await receiveAnswer({
    model: { model: tokenModel(tokens) },
    prompt,
    signal: never,
    limits: { firstTokenMs: 60_000, betweenChunksMs: 30_000, whileReasoningMs: 90_000 },
    describeError: () => ({ code: 'server-error', retryable: false }),
    onPart(part) {
      const chunk = chunkOfPart(part)
      if (!chunk) return
      draft.apply(chunk)
      writer.append(chunk)
    },
  })
  await writer.close('done')
  return drained
}

async function drain(response) {
  let bytes = 0
  for await (const chunk of response.body) bytes += chunk.byteLength
  return bytes
}

function tokenModel(tokens) {
  return {
    specificationVersion: 'v4',
    provider: 'bench',
    modelId: 'tokens',
    supportedUrls: {},
    doStream: () => Promise.resolve({ stream: tokenStream(tokens) }),
    doGenerate: () => Promise.reject(new Error('Only streams are measured.')),
  }
}

function tokenStream(tokens) {
  const parts = partsOf(tokens)
  return new ReadableStream(
    {
      async pull(controller) {
        await turn()
        const { done, value } = parts.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
    },
    { highWaterMark: 0 },
  )
}

function* partsOf(tokens) {
  yield { type: 'stream-start', warnings: [] }
  yield { type: 'text-start', id: 't' }
  for (let index = 0; index < tokens; index++)
    yield { type: 'text-delta', id: 't', delta: ` token${index % 10}` }
  yield { type: 'text-end', id: 't' }
  yield { type: 'finish', finishReason: { unified: 'stop', raw: 'stop' }, usage }
}
