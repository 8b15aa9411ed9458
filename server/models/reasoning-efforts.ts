import 'server-only'
import type { ReasoningEffort } from '@/shared/models/parameters'
import { modelNameOf } from '@/shared/models/model-ref'
import type { Endpoint } from './endpoints'

const usual: readonly ReasoningEffort[] = ['low', 'medium', 'high']

/** By the name of the model, with or without that of its maker before it: what is known to take such a parameter. */
const known: readonly { name: RegExp; efforts: readonly ReasoningEffort[] }[] = [
  { name: /^o\d+(-|$)/, efforts: usual },
  { name: /^gpt-5(-(mini|nano))?(-\d{4}.*)?$/, efforts: ['minimal', ...usual] },
  { name: /^gpt-5\.1(?!-chat)([.-]|$)/, efforts: ['none', ...usual] },
  { name: /^gpt-(5\.\d+|[6-9]|\d{2,})(?!-chat)([.-]|$)/, efforts: ['none', ...usual, 'xhigh'] },
  { name: /^gpt-5(?!-chat)([.-]|$)/, efforts: usual },
  { name: /^gpt-oss/, efforts: usual },
  { name: /^gemini-(2\.5|[3-9])/, efforts: usual },
  { name: /^grok-3-mini/, efforts: ['low', 'high'] },
]

/**
 * How much a model can be told to reason; nothing where it is not known to reason.
 * @param named the models that the operator says reason, as `endpoint/model`
 */
export function reasoningEffortsOf(
  modelId: string,
  { endpoint, named }: { endpoint: Pick<Endpoint, 'id'>; named: readonly string[] },
): readonly ReasoningEffort[] | undefined {
  const name = modelId.slice(modelId.lastIndexOf('/') + 1).toLowerCase()
  const found = known.find((each) => each.name.test(name))
  if (found) return found.efforts
  return named.includes(modelNameOf({ provider: endpoint.id, id: modelId })) ? usual : undefined
}
