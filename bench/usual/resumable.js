import { createClient } from '@redis/client'
import { after } from 'next/server'
import { createResumableStreamContext } from 'resumable-stream/generic'

/** One pair of connections a process; the package's own default would open two for each stream. */
let clients

function redis() {
  clients ??= (async () => {
    const publisher = await createClient({ url: process.env.REDIS_URL }).connect()
    const subscriber = await publisher.duplicate().connect()
    return { publisher, subscriber }
  })()
  return clients
}

async function context() {
  return createResumableStreamContext({ waitUntil: after, ...(await redis()) })
}

/** For `consumeSseStream`: the chat's id stands for the stream's, which a database would remember. */
export function rememberStream(id) {
  return async ({ stream }) => {
    await (await context()).createNewResumableStream(id, () => stream)
  }
}

export async function resumeStream(id) {
  return (await context()).resumeExistingStream(id)
}
