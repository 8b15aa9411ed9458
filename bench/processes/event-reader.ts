import { request, type IncomingMessage } from 'node:http'
import { createParser } from 'eventsource-parser'
import { z } from 'zod'

export type EventRequest = {
  url: string
  cookie: string
  /** Sent as JSON by POST; without it the request is a GET. */
  body?: object
  /** The newest text, as soon as it is here. */
  onText: (text: string) => void
}

const doneMarker = '[DONE]'
const deltaSchema = z.looseObject({ type: z.string(), delta: z.string().optional() })

/** One response on a socket of its own, read by a parser that is not ours. */
export class EventReader {
  text = ''
  bytes = 0
  /** Whether the terminal marker came. */
  complete = false
  /** Why there was no response, or no more of it. */
  fault = 'it did not end in time'
  /** Resolves when the response is over, however it ended; rejects when it was refused. */
  readonly ended: Promise<void>
  #abort: () => void = () => {}

  constructor({ url, cookie, body, onText }: EventRequest) {
    const parser = createParser({ onEvent: ({ data }) => this.#take(data, onText) })
    this.ended = new Promise((resolve, reject) => {
      const method = body ? 'POST' : 'GET'
      const headers = { cookie, ...(body && { 'content-type': 'application/json' }) }
      const outgoing = request(url, { method, headers, agent: false }, (response) => {
        if (response.statusCode !== 200) return reject(refusal(url, response))
        response.setEncoding('utf8').on('data', (piece: string) => {
          this.bytes += Buffer.byteLength(piece)
          parser.feed(piece)
        })
        response.on('error', () => {})
        response.on('close', () => {
          this.fault = 'its response ended without the marker'
          resolve()
        })
      })
      outgoing.on('error', reject)
      outgoing.end(body && JSON.stringify(body))
      this.#abort = () => {
        outgoing.destroy()
        resolve()
      }
    })
    // Whoever needs to know awaits it; for the others the stream counts as cut.
    this.ended.catch((error: unknown) => {
      this.fault = String(error)
    })
  }

  abort(): void {
    this.#abort()
  }

  #take(payload: string, onText: (text: string) => void): void {
    if (payload === doneMarker) {
      this.complete = true
      return
    }
    const { type, delta } = deltaSchema.parse(JSON.parse(payload))
    if (type !== 'text-delta' || delta === undefined) return
    this.text += delta
    onText(delta)
  }
}

function refusal(url: string, response: IncomingMessage): Error {
  response.destroy()
  return new Error(`${new URL(url).pathname} was answered with ${response.statusCode}.`)
}
