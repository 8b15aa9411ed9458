import { describe, expect, it } from 'vitest'
import type { EndpointInfo } from '@/shared/models/model-catalog'
import { defaultParameters } from '@/shared/models/parameters'
import { callParametersOf } from './call-options'
import { reasoningEffortsOf } from './reasoning-efforts'

const chosen = {
  temperature: 0.3,
  topP: 0.9,
  maxOutputTokens: 500,
  reasoningEffort: 'high',
} as const

const endpointOf = (kind: EndpointInfo['kind']) => ({ id: 'upstream', name: 'Upstream', kind })

function taken(kind: EndpointInfo['kind'], modelId: string, named: readonly string[] = []) {
  const endpoint = endpointOf(kind)
  const efforts = reasoningEffortsOf(modelId, { endpoint, named })
  return callParametersOf(chosen, { endpoint, efforts })
}

describe('the parameters of a call', () => {
  it.each(['openai', 'compatible', 'local'] as const)(
    'are those of sampling and the length, for a model at %s that is not known to reason',
    (kind) => {
      expect(taken(kind, 'gpt-4.1')).toEqual({
        temperature: 0.3,
        topP: 0.9,
        maxOutputTokens: 500,
      })
    },
  )

  it('leave sampling out for OpenAI’s models that reason, and tell how much', () => {
    expect(taken('openai', 'gpt-5-mini')).toEqual({ maxOutputTokens: 500, reasoning: 'high' })
    expect(taken('openai', 'o3')).toEqual({ maxOutputTokens: 500, reasoning: 'high' })
  })

  it('have both where a server of another kind serves a model that reasons', () => {
    const all = { temperature: 0.3, topP: 0.9, maxOutputTokens: 500, reasoning: 'high' }
    expect(taken('compatible', 'openai/gpt-oss-120b')).toEqual(all)
    expect(taken('local', 'own-reasoner', ['upstream/own-reasoner'])).toEqual(all)
    expect(taken('local', 'own-reasoner', ['elsewhere/own-reasoner'])).not.toHaveProperty(
      'reasoning',
    )
  })

  it('are none for the demo, and none where nothing was chosen', () => {
    expect(taken('demo', 'scripted-demo')).toEqual({})
    expect(callParametersOf(defaultParameters, { endpoint: endpointOf('openai') })).toEqual({})
  })

  it('leave out an effort that the model cannot be told', () => {
    const endpoint = endpointOf('openai')
    const efforts = reasoningEffortsOf('o3', { endpoint, named: [] })
    const parameters = { ...defaultParameters, reasoningEffort: 'xhigh' } as const
    expect(callParametersOf(parameters, { endpoint, efforts })).toEqual({})
  })
})

it.each([
  ['gpt-5-mini', ['minimal', 'low', 'medium', 'high']],
  ['gpt-5.1', ['none', 'low', 'medium', 'high']],
  ['gpt-5.4-mini-2026-03-17', ['none', 'low', 'medium', 'high', 'xhigh']],
  ['o4-mini', ['low', 'medium', 'high']],
  ['gpt-5-chat-latest', undefined],
  ['gpt-4o', undefined],
  ['qwen3:8b', undefined],
])('%s can be told to reason: %j', (modelId, efforts) => {
  expect(reasoningEffortsOf(modelId, { endpoint: { id: 'openai' }, named: [] })).toEqual(efforts)
})
