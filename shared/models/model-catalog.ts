import * as z from 'zod/mini'
import type { ReasoningEffort } from './parameters'

/** Names a model: the endpoint that serves it, and its id there. The browser sends this, never a URL. */
export const modelRefSchema = z.strictObject({
  provider: z.string().check(z.minLength(1), z.maxLength(64)),
  id: z.string().check(z.minLength(1), z.maxLength(256)),
})
export type ModelRef = z.infer<typeof modelRefSchema>

export type ModelInfo = {
  id: string
  name: string
  /** How much it can read, where that is known. */
  contextTokens?: number | undefined
  /** Of a model that is known to reason: how much it can be told to. */
  efforts?: readonly ReasoningEffort[] | undefined
}

/**
 * One endpoint as the picker shows it. `kind` says where it came from; `status` why it may have no models.
 * Never holds a key or an address that the browser could call.
 */
export type EndpointInfo = {
  id: string
  name: string
  kind: 'openai' | 'compatible' | 'local' | 'demo'
  status: 'ready' | 'needs-key' | 'key-rejected' | 'key-unreadable' | 'unreachable' | 'no-models'
  models: ModelInfo[]
  /** The user's own: they can put it right in their settings. */
  own?: boolean | undefined
}

export type ModelCatalog = {
  endpoints: EndpointInfo[]
  defaultModel: ModelRef
  /** Whether users may add endpoints of their own. */
  takesOwn?: boolean | undefined
}
