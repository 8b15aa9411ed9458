import type { UIMessageChunk } from 'ai'

/** Turns data lines into chunks; what is no chunk is skipped and counted (docs/protocol.md § 6). */
export function createChunkReader({ onMalformed }: { onMalformed: () => void }) {
  let failureIsShown = false

  function read(data: string): UIMessageChunk | undefined {
    const chunk = parseChunk(data)
    if (!chunk) {
      onMalformed()
      return undefined
    }
    failureIsShown ||= saysFailed(chunk)
    // The AI SDK throws on an error chunk and drops what follows; the message's own metadata shows the failure.
    return chunk.type === 'error' && failureIsShown ? undefined : chunk
  }

  return { read }
}

/**
 * The server's chunks are checked no further than this: our own server types them, and a full check of each token costs
 * more than showing it. The AI SDK ignores types it does not know.
 */
function parseChunk(data: string): UIMessageChunk | undefined {
  try {
    const value: unknown = JSON.parse(data)
    return isChunk(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isChunk(value: unknown): value is UIMessageChunk {
  return (
    typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
  )
}

function saysFailed(chunk: UIMessageChunk): boolean {
  if (!('messageMetadata' in chunk)) return false
  const { messageMetadata } = chunk
  return (
    typeof messageMetadata === 'object' &&
    messageMetadata !== null &&
    'status' in messageMetadata &&
    messageMetadata.status === 'failed'
  )
}
