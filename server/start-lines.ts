import 'server-only'
import type { EndpointInfo, ModelCatalog } from '@/shared/models/model-catalog'
import type { Database } from './db/database'
import type { Env } from './env'

export type StartLinesOptions = {
  env: Pick<Env, 'url' | 'dataDir'>
  db: Pick<Database, 'engine' | 'place'>
  catalog: ModelCatalog
}

/** What a person who has just started the server wants to know: where it is, what answers, where the data lies. */
export function startLines({ env, db, catalog }: StartLinesOptions): string[] {
  return [
    `  Rivulet  ${env.url}`,
    `  Model    ${modelLine(catalog)}`,
    `  Data     ${db.engine === 'sqlite' ? env.dataDir : db.place}`,
    ...catalog.endpoints.flatMap(problemLine),
  ]
}

function modelLine({ endpoints, defaultModel }: ModelCatalog): string {
  const endpoint = endpoints.find(({ id }) => id === defaultModel.provider)
  if (!endpoint || endpoint.kind === 'demo') {
    return 'scripted demo, not a model. Set OPENAI_API_KEY in .env.local, or start Ollama.'
  }
  return `${defaultModel.id} (${endpoint.name})`
}

function problemLine(endpoint: EndpointInfo): string[] {
  const step = nextStep(endpoint)
  return step ? [`  Note     ${endpoint.name} ${step}`] : []
}

function nextStep({ id, kind, status }: EndpointInfo): string | undefined {
  const setting = id === 'openai' || id === 'default' ? 'OPENAI_API_KEY' : 'MODEL_ENDPOINTS'
  switch (status) {
    case 'ready':
    // Only of what users bring along, who are told on their pages.
    case 'key-unreadable':
      return undefined
    case 'needs-key':
      return `needs a key. Add it to ${setting} in .env.local.`
    case 'key-rejected':
      return `rejects the key. Check ${setting} in .env.local.`
    case 'unreachable':
      return 'cannot be reached. Check its address in .env.local, and whether it is running.'
    case 'no-models':
      return kind === 'local'
        ? 'has no models. Pull one, such as: ollama pull qwen3'
        : `lists no models. Name one: DEFAULT_MODEL=${id}/…`
  }
}
