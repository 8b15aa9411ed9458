import type { EndpointInfo, ModelInfo } from './model-catalog'
import type { ParameterName, Parameters } from './parameters'

type Model = Pick<ModelInfo, 'efforts'> & { kind: EndpointInfo['kind'] }

/**
 * Which parameters a model takes, as far as is known: OpenAI's own models that reason take no sampling parameters, and the
 * demo takes none at all. Of other servers only the API is known: a model there may refuse one of these.
 */
export function parametersTaken({ kind, efforts = [] }: Model): ParameterName[] {
  if (kind === 'demo') return []
  const reasons = efforts.length > 0
  return [
    ...(reasons ? (['reasoningEffort'] as const) : []),
    ...(kind === 'openai' && reasons ? [] : (['temperature', 'topP'] as const)),
    'maxOutputTokens',
  ]
}

/** Those of the chosen parameters that are sent to the model; what it does not take waits for one that does. */
export function takenOf(parameters: Parameters, model: Model): Partial<Parameters> {
  const taken = parametersTaken(model).filter((name) => isChosen(parameters, name, model))
  return Object.fromEntries(taken.map((name) => [name, parameters[name]]))
}

function isChosen(parameters: Parameters, name: ParameterName, { efforts = [] }: Model): boolean {
  if (name !== 'reasoningEffort') return parameters[name] !== null
  const { reasoningEffort } = parameters
  return reasoningEffort !== null && efforts.includes(reasoningEffort)
}
