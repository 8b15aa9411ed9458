import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'
import type { ResolvedModel } from '../model-source'

/** A short question to a model. */
export function callOptions(
  { providerOptions }: Pick<ResolvedModel, 'providerOptions'> = {},
  abortSignal?: AbortSignal,
): LanguageModelV4CallOptions {
  return {
    prompt: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
    ...(providerOptions && { providerOptions }),
    ...(abortSignal && { abortSignal }),
  }
}
