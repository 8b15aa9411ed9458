import type { ChatTransport, UIMessageChunk } from 'ai'
import type { ChatMessage } from '@/shared/chat/message'
import type { ChatBeginning } from '@/shared/chat/chat-settings'
import { isModelRef } from '@/shared/models/model-ref'
import { createBackOff, type BackOff } from '../stream/back-off'
import { readEvents } from '../stream/link'
import { abortReason } from '../stream/timers'
import { createChunkReader } from './chunk-reader'
import { createRunCursor, type RunCursor } from './run-cursor'
import {
  attachToRun,
  startRun,
  type AttachOutcome,
  type Attached,
  type ConnectionEnvironment,
  type RunRequest,
} from './run-connections'

/** `idle` while no stream is held. */
export type ConnectionState = 'idle' | 'connecting' | 'open' | 'reconnecting' | 'offline'

/**
 * Why a stream closed before its terminal marker. `gone`: the run is over and its log gone. `truncated`, `other-run`: what
 * was read can't be continued. Either way the messages must be loaded again.
 */
export type LostReason = 'gone' | 'truncated' | 'other-run'

export type TransportHooks = {
  onConnection: (state: ConnectionState) => void
  /** The server has accepted: its response's headers are here. */
  onAccepted: (runId: string | undefined) => void
  onLost: (reason: LostReason) => void
}

export type ResumableTransport = ChatTransport<ChatMessage> & {
  /** Starts a run and lets its response go; `reconnectToStream` then reads the run whole. */
  startOnly: (request: RunRequest, signal: AbortSignal) => Promise<void>
  /** Data lines skipped because they were no chunk. */
  readonly malformedCount: number
}

/** The terminal marker (docs/protocol.md § 2). */
const doneMarker = '[DONE]'

/**
 * An AI SDK transport whose stream spans connections (docs/protocol.md § 4): it ends only with the terminal marker, when
 * the caller lets go, or when what it read can't be continued.
 */
export function createResumableTransport(
  options: ConnectionEnvironment & { hooks: TransportHooks },
): ResumableTransport {
  const { hooks, page } = options
  let malformedCount = 0

  function tellCut() {
    hooks.onConnection(page.online() ? 'reconnecting' : 'offline')
  }

  function accept(outcome: Attached | { status: 'none' }) {
    const runId = outcome.status === 'attached' ? outcome.response.headers.get('x-run-id') : null
    hooks.onConnection(outcome.status === 'attached' ? 'open' : 'idle')
    hooks.onAccepted(runId ?? undefined)
  }

  async function start(request: RunRequest, signal: AbortSignal) {
    hooks.onConnection('connecting')
    try {
      const outcome = await startRun(options, { request, signal })
      accept(outcome)
      return outcome
    } catch (error) {
      hooks.onConnection('idle')
      throw error
    }
  }

  function follow(chatId: string, first: AttachOutcome, life: AbortController) {
    life.signal.addEventListener('abort', () => hooks.onConnection('idle'), { once: true })
    return toStream(followRun(chatId, first, life.signal), life)
  }

  async function* followRun(
    chatId: string,
    first: AttachOutcome,
    signal: AbortSignal,
  ): AsyncGenerator<UIMessageChunk> {
    const cursor = createRunCursor()
    const chunks = createChunkReader({ onMalformed: () => (malformedCount += 1) })
    const backOff = createBackOff(options)
    const lost = (reason: LostReason) => hooks.onLost(reason)
    let outcome = first
    while (outcome.status === 'attached') {
      if (!cursor.follows(outcome.response.headers.get('x-run-id'))) return lost('other-run')
      const end = yield* readConnection(outcome, { cursor, chunks, backOff, signal })
      if (end === 'done') return
      if (end === 'other-run' || !cursor.canContinue) return lost('other-run')
      tellCut()
      const { lastEventId } = cursor
      outcome = await attachToRun(options, {
        chatId,
        lastEventId,
        backOff,
        waitsFirst: true,
        signal,
        onFailed: tellCut,
      })
      if (outcome.status === 'attached') hooks.onConnection('open')
    }
    lost(outcome.status === 'none' ? 'gone' : 'truncated')
  }

  return {
    resumeStreamIsReplay: true,
    get malformedCount() {
      return malformedCount
    },
    startOnly: async (request, signal) => {
      const outcome = await start(request, signal)
      if (outcome.status === 'attached') outcome.link.release()
    },
    sendMessages: async ({ chatId, messages, trigger, messageId, body, abortSignal }) => {
      const life = lifeOf(abortSignal)
      const request = requestOf({ chatId, messages, trigger, messageId, body })
      return follow(chatId, await start(request, life.signal), life)
    },
    reconnectToStream: async ({ chatId, abortSignal }) => {
      const life = lifeOf(abortSignal)
      hooks.onConnection('connecting')
      const outcome = await attachToRun(options, {
        chatId,
        backOff: createBackOff(options),
        waitsFirst: false,
        signal: life.signal,
        onFailed: tellCut,
      }).catch((error: unknown) => {
        hooks.onConnection('idle')
        throw error
      })
      if (outcome.status !== 'attached') {
        hooks.onConnection('idle')
        return null
      }
      accept(outcome)
      return follow(chatId, outcome, life)
    },
  }
}

/** The chunks of one connection, and how it ended. A cut is no error here: the caller reconnects. */
async function* readConnection(
  { body, link }: Attached,
  options: {
    cursor: RunCursor
    chunks: ReturnType<typeof createChunkReader>
    backOff: BackOff
    signal: AbortSignal
  },
): AsyncGenerator<UIMessageChunk, 'done' | 'cut' | 'other-run'> {
  const { cursor, chunks, backOff, signal } = options
  const events = readEvents({ body, link, onRetry: backOff.setBase })
  try {
    while (true) {
      const next = await events.next().catch(() => {
        if (signal.aborted) throw abortReason(signal)
        return undefined
      })
      // EOF without the marker is a cut like any other (docs/protocol.md § 1, rule 3).
      if (!next || next.done) return 'cut'
      const taken = cursor.take(next.value)
      if (taken === 'other-run') return 'other-run'
      if (taken === 'seen') continue
      backOff.reset()
      if (next.value.data === doneMarker) return 'done'
      const chunk = chunks.read(next.value.data)
      if (chunk) yield chunk
    }
  } finally {
    link.release()
  }
}

/** Only the newest message travels: history is the server's. */
function requestOf(options: {
  chatId: string
  messages: ChatMessage[]
  trigger: 'submit-message' | 'regenerate-message'
  messageId: string | undefined
  body: object | undefined
}): RunRequest {
  const { chatId, messages, trigger, messageId, body } = options
  const model = body && 'model' in body ? body.model : undefined
  const common = { id: chatId, trigger, ...(isModelRef(model) && { model }) }
  if (trigger === 'regenerate-message') return { ...common, ...(messageId && { messageId }) }
  const message = messages.findLast(({ role }) => role === 'user')
  if (!message) throw new Error('There is no user message to send.')
  return {
    ...common,
    message: { id: message.id, role: message.role, parts: message.parts },
    ...parentIn(body),
    ...othersIn(body),
    ...(body && 'begin' in body && isBeginning(body.begin) && { begin: body.begin }),
  }
}

/** What an edited message follows. */
function parentIn(body: object | undefined): Pick<RunRequest, 'parentId'> {
  const parentId = body && 'parentId' in body ? body.parentId : undefined
  return typeof parentId === 'string' || parentId === null ? { parentId } : {}
}

/** The models that answer too. */
function othersIn(body: object | undefined): Pick<RunRequest, 'compareWith'> {
  const compareWith = body && 'compareWith' in body ? body.compareWith : undefined
  return Array.isArray(compareWith) ? { compareWith: compareWith.filter(isModelRef) } : {}
}

/** What this page itself has put there. */
function isBeginning(value: unknown): value is ChatBeginning {
  return typeof value === 'object'
}

/** Ends when the caller aborts, or cancels the stream. */
function lifeOf(abortSignal: AbortSignal | undefined): AbortController {
  const life = new AbortController()
  if (abortSignal?.aborted) life.abort()
  abortSignal?.addEventListener('abort', () => life.abort(), { once: true, signal: life.signal })
  return life
}

/** Pull-based: nothing is read before it is wanted. Whatever ends the stream ends its life. */
function toStream(
  chunks: AsyncGenerator<UIMessageChunk>,
  life: AbortController,
): ReadableStream<UIMessageChunk> {
  async function nextChunk() {
    try {
      return await chunks.next()
    } catch (error) {
      life.abort()
      throw error
    }
  }

  return new ReadableStream<UIMessageChunk>(
    {
      async pull(controller) {
        const { done, value } = await nextChunk()
        if (!done) return controller.enqueue(value)
        life.abort()
        controller.close()
      },
      async cancel() {
        life.abort()
        await chunks.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}
