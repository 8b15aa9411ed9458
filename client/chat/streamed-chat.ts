import type { ChatTransport, UIMessageChunk } from 'ai'
import { AnswerDraft } from '@/shared/chat/answer-draft'
import type { ChatMessage, MessageMetadata } from '@/shared/chat/message'
import type { StreamChunk } from '@/shared/stream/stream-event'
import type { ChatMessageStore } from './chat-store'

type Stream = ReadableStream<UIMessageChunk>
type RequestBody = { body: object }

/** A chat whose answers are streamed into its store. Its calls resolve when the stream has ended, however it did. */
export type StreamedChat = {
  /** What broke the last stream; nothing when it ended or was let go. */
  readonly error: Error | undefined
  sendMessage: (message: ChatMessage, request: RequestBody) => Promise<void>
  /** Puts the message in the place of another and of what followed that one. */
  editMessage: (message: ChatMessage, request: RequestBody & { messageId: string }) => Promise<void>
  /** Takes out the answer, or what follows the question, and asks for another. */
  regenerate: (request: RequestBody & { messageId: string }) => Promise<void>
  /** Reads the run that is active; nothing changes where none is. */
  resumeStream: () => Promise<void>
  /** Lets go of the stream and waits until nothing of it is written any more. */
  stop: () => Promise<void>
}

export function createStreamedChat({
  chatId,
  store,
  transport,
  newId,
}: {
  chatId: string
  store: ChatMessageStore
  transport: ChatTransport<ChatMessage>
  newId: () => string
}): StreamedChat {
  let current: { abort: AbortController; ended: Promise<void> } | undefined
  let error: Error | undefined

  function follow(open: (signal: AbortSignal) => Promise<Stream | null>): Promise<void> {
    const abort = new AbortController()
    const ended = readWhole(open, abort.signal)
    current = { abort, ended }
    return ended
  }

  async function readWhole(
    open: (signal: AbortSignal) => Promise<Stream | null>,
    signal: AbortSignal,
  ): Promise<void> {
    error = undefined
    try {
      const stream = await open(signal)
      if (stream) await writeAnswer({ stream, store, signal, id: newId() })
      store.status = 'ready'
    } catch (reason) {
      if (!signal.aborted) error = reason instanceof Error ? reason : new Error(String(reason))
      store.status = error ? 'error' : 'ready'
    }
  }

  function request(options: {
    trigger: 'submit-message' | 'regenerate-message'
    messageId?: string
    body: object
  }): Promise<void> {
    store.status = 'submitted'
    const { messageId, ...others } = options
    return follow((abortSignal) =>
      transport.sendMessages({
        chatId,
        messages: store.messages,
        messageId,
        abortSignal,
        ...others,
      }),
    )
  }

  return {
    get error() {
      return error
    },
    sendMessage: (message, { body }) => {
      store.pushMessage(message)
      return request({ trigger: 'submit-message', body })
    },
    editMessage: (message, { messageId, body }) => {
      const index = store.messages.findIndex(({ id }) => id === messageId)
      store.messages = [...store.messages.slice(0, index), message]
      return request({ trigger: 'submit-message', body })
    },
    regenerate: async ({ messageId, body }) => {
      store.messages = questionOf(store.messages, messageId)
      await request({ trigger: 'regenerate-message', messageId, body })
    },
    resumeStream: () =>
      follow(async (abortSignal) => {
        const stream = await transport.reconnectToStream({ chatId, abortSignal })
        if (stream) store.status = 'submitted'
        return stream
      }),
    stop: async () => {
      current?.abort.abort()
      await current?.ended
    },
  }
}

/** The messages up to the question that the given answer, or the given question itself, belongs to. */
function questionOf(messages: readonly ChatMessage[], messageId: string): ChatMessage[] {
  const index = messages.findIndex(({ id }) => id === messageId)
  if (index < 0) throw new Error(`There is no message ${messageId} to answer again.`)
  return messages.slice(0, messages[index]?.role === 'assistant' ? index : index + 1)
}

type AnswerStream = {
  stream: Stream
  store: ChatMessageStore
  signal: AbortSignal
  /** The message's, until the server has named it. */
  id: string
}

async function writeAnswer({ stream, store, signal, id }: AnswerStream): Promise<void> {
  const draft = new AnswerDraft()
  const message: ChatMessage = { id, role: 'assistant', parts: draft.parts }
  const reader = stream.getReader()
  const letGo = () => void reader.cancel().catch(() => undefined)
  signal.addEventListener('abort', letGo, { once: true })
  while (true) {
    const { done, value } = await reader.read()
    if (done || signal.aborted) break
    // The transport has checked that it is a chunk; its metadata is what our server wrote.
    applyChunk(value as StreamChunk, { message, draft })
    if (value.type !== 'start' && store.status !== 'streaming') store.status = 'streaming'
    store.putMessage(message)
  }
  signal.removeEventListener('abort', letGo)
}

function applyChunk(
  chunk: StreamChunk,
  { message, draft }: { message: ChatMessage; draft: AnswerDraft },
): void {
  switch (chunk.type) {
    case 'start':
      message.id = chunk.messageId ?? message.id
      return mergeMetadata(message, chunk.messageMetadata)
    case 'finish':
    case 'message-metadata':
      return mergeMetadata(message, chunk.messageMetadata)
    case 'error':
      throw new Error(chunk.errorText)
    default:
      draft.apply(chunk)
  }
}

function mergeMetadata(message: ChatMessage, metadata: MessageMetadata | undefined): void {
  if (metadata) message.metadata = { ...message.metadata, ...metadata }
}
