import 'server-only'
import type { LanguageModelV4Usage } from '@ai-sdk/provider'
import type { MessageMetadata, TokenUsage } from '@/shared/chat/message'
import type { RunError } from '@/shared/errors/run-error'
import type { RunEnd, StreamChunk } from '@/shared/stream/stream-event'
import type { FinishPart } from './receive-answer'

export type RunOutcome =
  | { status: 'done'; usage: TokenUsage; finishReason?: 'length' | 'content-filter' }
  | { status: 'stopped' }
  | { status: 'interrupted'; usage?: TokenUsage }
  | { status: 'failed'; error: RunError }

/**
 * What the provider's last word means. A stream that ended without one, or with one that no server sent (the providers
 * make it up at EOF and leave `raw` empty), was cut: never `done` (docs/protocol.md § 6, row 13).
 */
export function outcomeOfFinish(finish: FinishPart | undefined): RunOutcome {
  if (!finish) return { status: 'interrupted' }
  const usage = tokenUsageOf(finish.usage)
  const { unified, raw } = finish.finishReason
  if (unified === 'interrupted' || (unified === 'other' && raw === undefined))
    return { status: 'interrupted', usage }
  if (unified === 'error') {
    return { status: 'failed', error: { code: 'model-unavailable', retryable: true } }
  }
  const finishReason = unified === 'length' || unified === 'content-filter' ? unified : undefined
  return { status: 'done', usage, ...(finishReason && { finishReason }) }
}

/** What stands on the message from now on. */
export function metadataOfOutcome(
  outcome: RunOutcome,
): Partial<MessageMetadata> & { status: RunEnd } {
  switch (outcome.status) {
    case 'done':
      return {
        status: 'done',
        usage: outcome.usage,
        ...(outcome.finishReason && { finishReason: outcome.finishReason }),
      }
    case 'interrupted':
      return { status: 'interrupted', ...(outcome.usage && { usage: outcome.usage }) }
    case 'failed':
      return { status: 'failed', error: outcome.error }
    case 'stopped':
      return { status: 'stopped' }
  }
}

/** The last chunks before the terminal marker, in the words of the AI SDK's protocol. */
export function closingChunks(messageMetadata: MessageMetadata): StreamChunk[] {
  switch (messageMetadata.status) {
    case 'running':
      return []
    case 'done':
      return [
        { type: 'finish', finishReason: messageMetadata.finishReason ?? 'stop', messageMetadata },
      ]
    case 'interrupted':
      return [{ type: 'finish', finishReason: 'interrupted', messageMetadata }]
    case 'stopped':
      return [
        { type: 'message-metadata', messageMetadata },
        { type: 'abort', reason: 'stopped' },
      ]
    case 'failed':
      return [
        { type: 'message-metadata', messageMetadata },
        {
          type: 'error',
          errorText: messageMetadata.error?.detail ?? messageMetadata.error?.code ?? 'server-error',
        },
      ]
  }
}

function tokenUsageOf({ inputTokens, outputTokens }: LanguageModelV4Usage): TokenUsage {
  return {
    ...(inputTokens.total !== undefined && { inputTokens: inputTokens.total }),
    ...(inputTokens.cacheRead !== undefined && { cachedInputTokens: inputTokens.cacheRead }),
    ...(outputTokens.total !== undefined && { outputTokens: outputTokens.total }),
    ...(outputTokens.reasoning !== undefined && { reasoningTokens: outputTokens.reasoning }),
  }
}
