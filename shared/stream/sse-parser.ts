/** One dispatched event (docs/protocol.md § 7). `id` is the last event id as it stands, '' when none was set. */
export type SseEvent = { readonly data: string; readonly id: string; readonly event: string }

export type SseHandlers = {
  onEvent: (event: SseEvent) => void
  /** A comment carries nothing, but it shows that the connection lives. */
  onComment?: (comment: string) => void
  onRetry?: (retryMs: number) => void
}

export type SseParser<Input> = {
  /** Takes the next piece of the stream, cut anywhere. */
  feed: (input: Input) => void
  /** The id of the last event that was closed by a blank line, with or without data. */
  readonly lastEventId: string
}

const byteOrderMark = '\uFEFF'

/**
 * An incremental parser of decoded event-stream text (WHATWG HTML § 9.2.6). Work is linear in the input, however it is cut.
 * There is no end call: what no blank line has closed is dropped together with its id, so that data and id never part.
 */
export function createSseParser(handlers: SseHandlers): SseParser<string> {
  const block = createBlock(handlers)
  let atStart = true
  let afterCarriageReturn = false
  let openLine = ''

  function takeLine(end: string) {
    const line = openLine + end
    openLine = ''
    block.takeLine(line)
  }

  function feed(text: string) {
    if (text === '') return
    let position = 0
    if (atStart && text.startsWith(byteOrderMark)) position = 1
    atStart = false
    if (afterCarriageReturn && text[position] === '\n') position += 1
    afterCarriageReturn = false
    const ends = createLineEnds(text)
    for (let end = ends.next(position); end !== -1; end = ends.next(position)) {
      takeLine(text.slice(position, end))
      position = end + 1
      if (text[end] !== '\r') continue
      if (text[position] === '\n') position += 1
      else if (position === text.length) afterCarriageReturn = true
    }
    openLine += text.slice(position)
  }

  return {
    feed,
    get lastEventId() {
      return block.lastEventId
    },
  }
}

/** The same parser for bytes, which may be cut inside a character. */
export function createSseByteParser(handlers: SseHandlers): SseParser<Uint8Array> {
  const parser = createSseParser(handlers)
  // The parser strips the one byte order mark there may be; a decoder that did so too would make it two.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  return {
    feed: (bytes) => parser.feed(decoder.decode(bytes, { stream: true })),
    get lastEventId() {
      return parser.lastEventId
    },
  }
}

/** Finds the next CR or LF. Each of the two is searched for once per stretch, so that text without CRs stays linear. */
function createLineEnds(text: string) {
  let lineFeed = -1
  let carriageReturn = -1

  function following(known: number, character: string, position: number): number {
    if (known >= position) return known
    const found = text.indexOf(character, position)
    return found === -1 ? Number.POSITIVE_INFINITY : found
  }

  function next(position: number): number {
    lineFeed = following(lineFeed, '\n', position)
    carriageReturn = following(carriageReturn, '\r', position)
    const end = Math.min(lineFeed, carriageReturn)
    return Number.isFinite(end) ? end : -1
  }

  return { next }
}

/** The lines between two blank lines. */
function createBlock({ onEvent, onComment, onRetry }: SseHandlers) {
  let data: string | undefined
  let event = ''
  let id = ''
  let lastEventId = ''

  function dispatch() {
    lastEventId = id
    if (data) onEvent({ data: data.slice(0, -1), id, event: event || 'message' })
    data = undefined
    event = ''
  }

  function takeField(name: string, value: string) {
    if (name === 'data') data = `${data ?? ''}${value}\n`
    else if (name === 'event') event = value
    else if (name === 'id' && !value.includes('\0')) id = value
    else if (name === 'retry' && /^[0-9]+$/.test(value)) onRetry?.(Number(value))
  }

  function takeLine(line: string) {
    if (line === '') return dispatch()
    const colon = line.indexOf(':')
    if (colon === 0) return onComment?.(line.slice(1))
    if (colon === -1) return takeField(line, '')
    const valueStart = line[colon + 1] === ' ' ? colon + 2 : colon + 1
    takeField(line.slice(0, colon), line.slice(valueStart))
  }

  return {
    takeLine,
    get lastEventId() {
      return lastEventId
    },
  }
}
