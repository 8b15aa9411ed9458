import 'server-only'
import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'
import type { Parameters } from '@/shared/models/parameters'
import { takenOf } from '@/shared/models/parameters-taken'
import type { ResolvedModel } from './model-source'

export type CallParameters = Pick<
  LanguageModelV4CallOptions,
  'temperature' | 'topP' | 'maxOutputTokens' | 'reasoning'
>

/** The parameters of a chat in the words of both APIs; what the model does not take, and what was not chosen, is left out. */
export function callParametersOf(
  parameters: Parameters,
  { endpoint, efforts }: Pick<ResolvedModel, 'endpoint' | 'efforts'>,
): CallParameters {
  const { reasoningEffort, ...sampling } = takenOf(parameters, { kind: endpoint.kind, efforts })
  const chosen = { ...sampling, reasoning: reasoningEffort }
  return Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined))
}
