import { once } from 'node:events'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { createParser } from 'eventsource-parser'
import { z } from 'zod'

/**
 * The floor: the same bytes as the AI SDK's stream, from upstream to reader by `node:http` alone. No framework, no
 * users, no storage, nothing to resume.
 */
const bodySchema = z.looseObject({
  message: z.looseObject({ parts: z.array(z.looseObject({ text: z.string() })) }),
})
const chunkSchema = z.looseObject({
  choices: z.array(z.looseObject({ delta: z.looseObject({ content: z.string().optional() }) })),
})

async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  if (incoming.method !== 'POST') return void response.end()
  const { message } = bodySchema.parse(await json(incoming))
  const asked = request(`${process.env['OPENAI_BASE_URL']}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    agent: false,
  })
  const messages = [{ role: 'user', content: message.parts[0]?.text }]
  asked.end(JSON.stringify({ model: 'bench-model', stream: true, messages }))
  response.on('close', () => asked.destroy())
  const [answer] = z.tuple([z.custom<IncomingMessage>()]).parse(await once(asked, 'response'))
  pass(answer, response)
}

function pass(answer: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  write(response, { type: 'start' })
  write(response, { type: 'text-start', id: 't' })
  const parser = createParser({
    onEvent({ data }) {
      if (data === '[DONE]') return end(response)
      const delta = chunkSchema.parse(JSON.parse(data)).choices[0]?.delta.content
      if (delta) write(response, { type: 'text-delta', id: 't', delta })
    },
  })
  answer.setEncoding('utf8').on('data', (text: string) => parser.feed(text))
}

function end(response: ServerResponse): void {
  write(response, { type: 'text-end', id: 't' })
  write(response, { type: 'finish' })
  response.end('data: [DONE]\n\n')
}

function write(response: ServerResponse, chunk: object): void {
  response.write(`data: ${JSON.stringify(chunk)}\n\n`)
}

const server = createServer((incoming, response) => {
  serve(incoming, response).catch(() => response.destroy())
})
server.listen(Number(process.env['PORT']), '127.0.0.1')
