import 'server-only'
import type { EndpointInfo, ModelCatalog } from '@/shared/models/model-catalog'
import type { Env } from './env'

export type StartLinesOptions = {
  env: Pick<Env, 'url' | 'dataDir'>
  catalog: ModelCatalog
}

/** What a person who has just started the server wants to know: where it is, what answers, where the data lies. */
export function startLines({ env, catalog }: StartLinesOptions): string[] {
  return [
    `  Rivulet  ${env.url}`,
    `  Model    ${modelLine(catalog)}`,
    `  Data     ${env.dataDir}`,
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

function problemLine({ name, kind, status }: EndpointInfo): string[] {
  const setting = kind === 'openai' ? 'OPENAI_API_KEY' : 'its key and address in .env.local'
  switch (status) {
    case 'ready':
      return []
    case 'needs-key':
      return [`  Note     ${name} needs a key. Add it to MODEL_ENDPOINTS in .env.local.`]
    case 'key-rejected':
      return [`  Note     ${name} rejects the key. Check ${setting}.`]
    case 'unreachable':
      return [`  Note     ${name} cannot be reached. Check ${setting}, or whether it is running.`]
    case 'no-models':
      return [`  Note     ${name} has no models. Pull one there, such as: ollama pull qwen3`]
  }
}
