import type { ServerResponse } from 'node:http'
import type { BackgroundResponses } from './background-responses'
import type { UpstreamRequest } from './request'
import { iteratorOf, type Scenario } from './scenario'
import { sendJson } from './send-json'

/** The first step may be a status; from then on it writes on by itself, and this request is its first reader. */
export async function answerInBackground(
  request: UpstreamRequest,
  response: ServerResponse,
  background: BackgroundResponses,
  scenario: Scenario,
): Promise<void> {
  if (request.body['store'] === false || request.body['stream'] !== true)
    return sendJson(response, 400, {
      error: { message: 'Background mode is scripted with `store` and `stream`.' },
    })
  const steps = iteratorOf(scenario(request))
  const first = await steps.next()
  if (!first.done && first.value.type === 'status') {
    const { code, body, headers } = first.value
    return sendJson(response, code, body, headers)
  }
  const kept = background.create(request.body)
  await Promise.all([kept.write(first, steps), kept.stream(response, -1)])
}

/** `GET /v1/responses/{id}`, with `stream` and `starting_after`, and `POST /v1/responses/{id}/cancel`. */
export async function serveKept(
  { method, path, query }: UpstreamRequest,
  response: ServerResponse,
  background: BackgroundResponses,
): Promise<void> {
  const [, , , id = '', action] = path.split('/')
  const kept = background.get(decodeURIComponent(id))
  if (!kept)
    return sendJson(response, 404, { error: { message: `Response with id '${id}' not found.` } })
  if (method === 'GET' && query['stream'] === 'true')
    return kept.stream(response, Number(query['starting_after'] ?? -1))
  if (method === 'POST' && action === 'cancel') kept.cancel()
  sendJson(response, 200, kept.object)
}
