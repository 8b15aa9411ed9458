import 'server-only'
import { z } from 'zod'
import type { Endpoint } from './endpoints'

export type ListedModel = { id: string; name: string | undefined }

/** How an endpoint answered `GET /models`, and at which of its addresses. */
export type Listing =
  | { status: 'listed'; baseUrl: string; models: ListedModel[] }
  /** There, but has no such list. */
  | { status: 'unlisted'; baseUrl: string }
  | { status: 'refused'; baseUrl: string }
  | { status: 'absent'; reason: Absence }

/** Why there is no list to be had. */
export type Absence =
  | 'unreachable'
  | 'silent'
  | 'address-not-allowed'
  | 'redirected'
  /** It answered with an error of its own. */
  | 'failed'
  /** It answered something else. */
  | 'not-a-list'
  | 'too-large'

const local = { timeoutMs: 700, bytesMax: 256 * 1024 }
const configured = { timeoutMs: 5_000, bytesMax: 1024 * 1024 }
const modelsMax = 2_000
const idLengthMax = 256

const listSchema = z.union([
  z.object({ object: z.literal('list'), data: z.null() }).transform(() => []),
  z.object({ data: z.array(z.unknown()) }).transform(({ data }) => data),
  z.array(z.unknown()),
])
const modelSchema = z.object({
  id: z.string().min(1).max(idLengthMax),
  name: z.string().min(1).max(idLengthMax).optional().catch(undefined),
})

/** Asks every address of the endpoint at once; the first in order that has an answer counts. Never throws. */
export async function listModels(
  endpoint: Endpoint,
  fetch: typeof globalThis.fetch,
): Promise<Listing> {
  const listings = await Promise.all(
    endpoint.baseUrls.map((baseUrl) => listAt(baseUrl, endpoint, fetch)),
  )
  return (
    listings.find(({ status }) => status === 'listed') ??
    listings.find(({ status }) => status !== 'absent') ??
    listings[0] ?? { status: 'absent', reason: 'unreachable' }
  )
}

async function listAt(
  baseUrl: string,
  endpoint: Endpoint,
  fetch: typeof globalThis.fetch,
): Promise<Listing> {
  const limits = endpoint.kind === 'local' ? local : configured
  try {
    const response = await fetch(`${baseUrl}/models`, {
      headers: {
        accept: 'application/json',
        ...(endpoint.apiKey && { authorization: `Bearer ${endpoint.apiKey}` }),
      },
      redirect: 'error',
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(limits.timeoutMs),
    })
    if (!response.ok) {
      await response.body?.cancel()
      return listingOfStatus(response.status, baseUrl, endpoint)
    }
    const models = modelsOf(await readText(response, limits.bytesMax))
    return models
      ? { status: 'listed', baseUrl, models }
      : { status: 'absent', reason: 'not-a-list' }
  } catch (error) {
    return { status: 'absent', reason: absenceOf(error) }
  }
}

/** A word for it, and no more: the error's text may hold the address. */
function absenceOf(error: unknown): Absence {
  if (error instanceof SyntaxError) return 'not-a-list'
  if (error instanceof RangeError) return 'too-large'
  if (error instanceof Error && error.name === 'TimeoutError') return 'silent'
  const cause: unknown = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'ERR_ADDRESS_NOT_ALLOWED') return 'address-not-allowed'
  return code === 'ERR_REDIRECTED' ? 'redirected' : 'unreachable'
}

function listingOfStatus(status: number, baseUrl: string, endpoint: Endpoint): Listing {
  if (status === 401 || status === 403) return { status: 'refused', baseUrl }
  const hasNoList = status === 404 || status === 405 || status === 501
  // On a local port, “not found” is what any other program says.
  return hasNoList && endpoint.kind !== 'local'
    ? { status: 'unlisted', baseUrl }
    : { status: 'absent', reason: 'failed' }
}

function modelsOf(text: string): ListedModel[] | undefined {
  const list = listSchema.safeParse(JSON.parse(text))
  if (!list.success) return undefined
  return list.data.slice(0, modelsMax).flatMap((entry) => {
    const model = modelSchema.safeParse(entry)
    return model.success && !hasControls(model.data.id)
      ? [{ id: model.data.id, name: model.data.name }]
      : []
  })
}

function hasControls(id: string): boolean {
  return /[\p{Cc}\p{Cf}]/u.test(id)
}

async function readText(response: Response, bytesMax: number): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > bytesMax) throw new RangeError('the list of models is too large')
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
