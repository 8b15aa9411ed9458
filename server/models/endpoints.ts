import 'server-only'
import { openAiUrl } from '@/shared/models/endpoint-defaults'
import type { EndpointInfo } from '@/shared/models/model-catalog'
import type { Env } from '../env'
import type { ListedModel } from './model-listing'

/** A place where models may be: configured, or looked for on this machine. */
export type Endpoint = {
  id: string
  name: string
  kind: Exclude<EndpointInfo['kind'], 'demo'>
  /** Where its API may be, most likely first. */
  baseUrls: readonly [string, ...string[]]
  apiKey?: string | undefined
  /** Named in the settings, so that nothing needs to be asked. */
  models?: readonly string[] | undefined
  /** Whether answers are written in OpenAI's background mode. */
  background?: boolean
  /** Only of a user's own: what it listed when it was tried last. */
  own?: { listed: readonly ListedModel[] }
}

const localServers: { id: string; name: string; ports: [number, ...number[]]; path?: string }[] = [
  { id: 'local-ollama', name: 'Ollama', ports: [11434] },
  { id: 'local-lm-studio', name: 'LM Studio', ports: [1234] },
  { id: 'local-llama-cpp', name: 'llama.cpp', ports: [9931, 8080] },
  { id: 'local-jan', name: 'Jan', ports: [1337] },
  { id: 'local-vllm', name: 'vLLM', ports: [8000] },
  { id: 'local-docker', name: 'Docker Model Runner', ports: [12434], path: '/engines/v1' },
]

/** Every endpoint these settings allow, in the order in which they are preferred. */
export function endpointsOf(env: Env): Endpoint[] {
  return [
    ...openAiEndpoints(env),
    ...compatibleEndpoints(env),
    ...(looksLocally(env) ? localEndpoints(env) : []),
  ]
}

/** The keys of these settings, to be struck out of whatever a provider says. */
export function modelSecrets(env: Env): string[] {
  const keys = [env.OPENAI_API_KEY, ...(env.MODEL_ENDPOINTS ?? []).map(({ apiKey }) => apiKey)]
  return keys.flatMap((key) => (key?.trim() ? [key.trim()] : []))
}

function openAiEndpoints(env: Env): Endpoint[] {
  const apiKey = env.OPENAI_API_KEY?.trim()
  if (!apiKey || !meansOpenAi(env.OPENAI_BASE_URL)) return []
  const baseUrl = env.OPENAI_RESPONSES_URL ?? env.OPENAI_BASE_URL ?? openAiUrl
  const background = env.OPENAI_BACKGROUND === 'on'
  const baseUrls = [trimmedUrl(baseUrl)] as const
  return [{ id: 'openai', name: 'OpenAI', kind: 'openai', baseUrls, apiKey, background }]
}

function compatibleEndpoints(env: Env): Endpoint[] {
  const single: Endpoint[] =
    env.OPENAI_BASE_URL && !(env.OPENAI_API_KEY && meansOpenAi(env.OPENAI_BASE_URL))
      ? [
          {
            id: 'default',
            name: 'OpenAI-compatible',
            kind: 'compatible',
            baseUrls: [trimmedUrl(env.OPENAI_BASE_URL)],
            apiKey: env.OPENAI_API_KEY?.trim(),
          },
        ]
      : []
  const several = (env.MODEL_ENDPOINTS ?? []).map(
    ({ id, name, baseUrl, apiKey, models }): Endpoint => ({
      id,
      name: name ?? id,
      kind: 'compatible',
      baseUrls: [trimmedUrl(baseUrl)],
      apiKey: apiKey?.trim(),
      models,
    }),
  )
  return [...single, ...several]
}

/** Literal loopback addresses only: nothing that a person or a name server says can change where the probes go. */
function localEndpoints(env: Env): Endpoint[] {
  return localServers.flatMap(({ id, name, ports, path = '/v1' }) => {
    // Not this server itself, should it listen on one of those ports.
    const [first, ...rest] = ports
      .filter((port) => port !== env.PORT)
      .map((port) => `http://127.0.0.1:${port}${path}`)
    return first ? [{ id, name, kind: 'local' as const, baseUrls: [first, ...rest] as const }] : []
  })
}

function looksLocally(env: Env): boolean {
  if (env.onVercel) return false
  return env.LOCAL_DISCOVERY ? env.LOCAL_DISCOVERY === 'on' : !env.production
}

/** Many shells set OPENAI_BASE_URL to OpenAI's own address. */
function meansOpenAi(baseUrl: string | undefined): boolean {
  return !baseUrl || new URL(baseUrl).hostname === 'api.openai.com'
}

function trimmedUrl(url: string): string {
  return url.replace(/\/+$/, '')
}
