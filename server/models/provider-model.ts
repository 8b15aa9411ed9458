import 'server-only'
// First, because it takes empty settings out of the environment that the packages below read.
import '../env'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import {
  APICallError,
  type LanguageModelV4,
  type LanguageModelV4CallOptions,
  type SharedV4ProviderOptions,
} from '@ai-sdk/provider'
import type { Endpoint } from './endpoints'
import { uniformModel } from './uniform-model'

export type ProviderModel = { model: LanguageModelV4; providerOptions?: SharedV4ProviderOptions }

type Options = { endpoint: Endpoint; baseUrl: string; modelId: string; fetch: typeof fetch }

/** A model of a real endpoint, by the API its kind speaks. */
export function providerModel(options: Options): ProviderModel {
  const guarded = { ...options, fetch: withoutRedirects(options.fetch) }
  return options.endpoint.kind === 'openai' ? responsesModel(guarded) : compatibleModel(guarded)
}

function responsesModel({ endpoint, baseUrl, modelId, fetch }: Options): ProviderModel {
  const provider = createOpenAI({ baseURL: baseUrl, apiKey: endpoint.apiKey ?? '', fetch })
  const model = withSummaryWherePossible(provider.responses(modelId))
  const reasoning = isReasoningModel(modelId) ? { reasoningSummary: 'auto' } : {}
  return {
    model: uniformModel(model, 'responses'),
    providerOptions: { openai: { store: false, ...reasoning } },
  }
}

function compatibleModel({ endpoint, baseUrl, modelId, fetch }: Options): ProviderModel {
  const provider = createOpenAICompatible({
    name: endpoint.id,
    baseURL: baseUrl,
    fetch,
    includeUsage: true,
    ...(endpoint.apiKey && { apiKey: endpoint.apiKey }),
  })
  return { model: uniformModel(provider.chatModel(modelId), 'chat-completions') }
}

/** As @ai-sdk/openai decides it; for other models it would warn about reasoning options. */
function isReasoningModel(id: string): boolean {
  return /^o\d+(-|$)/.test(id) || /^gpt-([5-9]|\d{2,})(?!-chat)([.-]|$)/.test(id)
}

/**
 * OpenAI writes reasoning summaries only for organisations it has verified, and refuses the whole request of the others.
 * Those get their answer without summaries.
 */
function withSummaryWherePossible(model: LanguageModelV4): LanguageModelV4 {
  let refused = false
  async function call<Result>(
    options: LanguageModelV4CallOptions,
    perform: (options: LanguageModelV4CallOptions) => PromiseLike<Result>,
  ): Promise<Result> {
    if (refused) return perform(withoutSummary(options))
    try {
      return await perform(options)
    } catch (error) {
      if (!isSummaryRefused(error)) throw error
      refused = true
      return perform(withoutSummary(options))
    }
  }
  return {
    specificationVersion: 'v4',
    provider: model.provider,
    modelId: model.modelId,
    supportedUrls: model.supportedUrls,
    doGenerate: (options) => call(options, (allowed) => model.doGenerate(allowed)),
    doStream: (options) => call(options, (allowed) => model.doStream(allowed)),
  }
}

function isSummaryRefused(error: unknown): boolean {
  return (
    APICallError.isInstance(error) &&
    error.statusCode === 400 &&
    /reasoning\.summary|reasoning summar/i.test(error.responseBody ?? '')
  )
}

function withoutSummary(options: LanguageModelV4CallOptions): LanguageModelV4CallOptions {
  const { reasoningSummary: _, ...openai } = options.providerOptions?.['openai'] ?? {}
  return { ...options, providerOptions: { ...options.providerOptions, openai } }
}

/** A key and a conversation go to the configured origin and nowhere else. `no-store` keeps Next's fetch cache out. */
function withoutRedirects(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return (input, init) => fetch(input, { ...init, redirect: 'error', cache: 'no-store' })
}
