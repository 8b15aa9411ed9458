import 'server-only'
import type { ModelInfo } from '@/shared/models/model-catalog'
import type { Endpoint } from './endpoints'
import type { ListedModel } from './model-listing'

const nameLengthMax = 256

const notForChat =
  /embed|rerank|\bwhisper|transcri|\btts\b|text-to-speech|moderation|realtime|dall-e|\bsora\b|stable-diffusion|(^|[-_/:.])image|imagen|(^|[-_/:.])(bge|gte|e5|minilm|guard)([-_/:.]|$)|llama-guard|prompt-guard|shieldgemma/i
/** What OpenAI lists but its Responses API does not answer as a chat. */
const notForResponses =
  /audio|search-preview|search-api|^(babbage|davinci)|-instruct|deep-research|computer-use|-live\b/i
const datedSnapshot = /^(.+)-\d{4}-\d{2}-\d{2}$/

/** The models of a listing that a person may chat with, named and sorted for the picker. */
export function chatModels(listed: readonly ListedModel[], kind: Endpoint['kind']): ModelInfo[] {
  const ids = new Set<string>()
  const models = listed.filter(({ id }) => {
    const isNew = !ids.has(id)
    ids.add(id)
    return isNew && isForChat(id, kind)
  })
  const sort = kind === 'openai' ? byOpenAiAge : byName
  return models.map(({ id, name }) => ({ id, name: displayName(name ?? id) })).toSorted(sort)
}

/** Leaves out the dated snapshots of models that are listed under their plain name too. */
export function withoutSnapshots(models: readonly ModelInfo[]): ModelInfo[] {
  const ids = new Set(models.map(({ id }) => id))
  return models.filter(({ id }) => {
    const plain = datedSnapshot.exec(id)?.[1]
    return !plain || !ids.has(plain)
  })
}

/** What a new chat starts with when nobody chose: with OpenAI the newest small model, elsewhere the first. */
export function preferredModel(
  models: readonly ModelInfo[],
  kind: Endpoint['kind'],
): ModelInfo | undefined {
  if (kind !== 'openai') return models[0]
  const small = models.filter(({ id }) => /^gpt-[\d.]+o?-(mini|luna)$/.test(id))
  const plain = models.filter(({ id }) => /^gpt-[\d.]+o?$/.test(id))
  return small[0] ?? plain[0] ?? models[0]
}

function isForChat(id: string, kind: Endpoint['kind']): boolean {
  return !notForChat.test(id) && !(kind === 'openai' && notForResponses.test(id))
}

/** Hostile text, shown in a list: no controls, no bidirectional overrides, no end of it. */
function displayName(name: string): string {
  const plain = name.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim()
  // llama.cpp names a model by the path of its file.
  const file = /([^/\\]+)\.gguf$/i.exec(plain)?.[1]
  return (file ?? plain).slice(0, nameLengthMax) || '?'
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function byName(left: ModelInfo, right: ModelInfo): number {
  return collator.compare(left.name, right.name) || collator.compare(left.id, right.id)
}

function byOpenAiAge(left: ModelInfo, right: ModelInfo): number {
  return gptVersion(right.id) - gptVersion(left.id) || byName(left, right)
}

function gptVersion(id: string): number {
  return Number(/^gpt-(\d+(?:\.\d+)?)/.exec(id)?.[1] ?? 0)
}
