import { UI_MESSAGE_STREAM_HEADERS } from 'ai'
import { resumeStream } from '../../../../../resumable.js'

/** Takes up a stream of any instance. */
export async function GET(_, { params }) {
  const { id } = await params
  const stream = await resumeStream(id)
  return stream
    ? new Response(stream.pipeThrough(new TextEncoderStream()), {
        headers: UI_MESSAGE_STREAM_HEADERS,
      })
    : new Response(null, { status: 204 })
}
