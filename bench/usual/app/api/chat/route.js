import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import {
  createUIMessageStreamResponse,
  convertToModelMessages,
  streamText,
  toUIMessageStream,
} from 'ai'
import { rememberStream } from '../../../resumable.js'

const provider = createOpenAICompatible({
  name: 'bench',
  baseURL: process.env.OPENAI_BASE_URL,
  includeUsage: true,
})

/** As the AI SDK's documentation shows it; with REDIS_URL also its resumable streams. No database. */
export async function POST(request) {
  const { id, message } = await request.json()
  const result = streamText({
    model: provider.chatModel('bench-model'),
    messages: await convertToModelMessages([message]),
  })
  return createUIMessageStreamResponse({
    stream: toUIMessageStream({ stream: result.stream }),
    ...(process.env.REDIS_URL && { consumeSseStream: rememberStream(id) }),
  })
}
