import type { HighlightRequest } from '../highlight-protocol'
import { packTokens } from '../highlight-protocol'
import type { StartWorker, WorkerEvents } from '../highlighter'

/** A worker that answers when told to: each line is one comment. */
export function createFakeWorker() {
  const begun: { events: WorkerEvents; requests: HighlightRequest[]; ended: boolean }[] = []

  const startWorker: StartWorker = (events) => {
    const own = { events, requests: [] as HighlightRequest[], ended: false }
    begun.push(own)
    return {
      post: (request) => void own.requests.push(request),
      terminate: () => {
        own.ended = true
      },
    }
  }

  /** Answers the oldest request that is open. */
  function answer() {
    const current = begun.at(-1)
    const request = current?.requests.find(({ type }) => type !== 'forget')
    if (!current || !request) throw new Error('Nothing was asked.')
    current.requests.splice(current.requests.indexOf(request), 1)
    if (request.type === 'load')
      current.events.reply({ type: 'loaded', language: request.language })
    else if (request.type === 'tokenize')
      current.events.reply({
        type: 'tokenized',
        tokens: packTokens(request.lines.map((line) => [line.length, 1])),
      })
    return request
  }

  function answerAll() {
    while (begun.at(-1)?.requests.some(({ type }) => type !== 'forget')) answer()
  }

  return { startWorker, begun, answer, answerAll }
}
