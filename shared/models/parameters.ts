/** How much a model is to think, least first. Which of them a model takes says its `ModelInfo`. */
export const reasoningEfforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh'] as const
export type ReasoningEffort = (typeof reasoningEfforts)[number]

export const temperatureMax = 2
/** Tokens of one answer that may be asked for at most. */
export const outputTokensMax = 1_000_000

/** What a chat asks of its model. Null leaves it to the model. */
export type Parameters = {
  temperature: number | null
  topP: number | null
  maxOutputTokens: number | null
  reasoningEffort: ReasoningEffort | null
}
export type ParameterName = keyof Parameters
export type ParametersChange = Partial<Parameters>

export const defaultParameters: Parameters = {
  temperature: null,
  topP: null,
  maxOutputTokens: null,
  reasoningEffort: null,
}
