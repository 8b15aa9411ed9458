import type { ModelRef } from './model-catalog'

export function sameModel(
  left: ModelRef | null | undefined,
  right: ModelRef | null | undefined,
): boolean {
  return left?.provider === right?.provider && left?.id === right?.id
}

/** For what this page itself has kept; what comes from elsewhere is parsed by `modelRefSchema`. */
export function isModelRef(value: unknown): value is ModelRef {
  return (
    typeof value === 'object' &&
    value !== null &&
    'provider' in value &&
    typeof value.provider === 'string' &&
    'id' in value &&
    typeof value.id === 'string'
  )
}

/** A model as addresses, settings and logs name it: `endpoint/model`, where the model may have slashes too. */
export const modelNamePattern = /^[^/]+\/.+$/

export function modelNameOf({ provider, id }: ModelRef): string {
  return `${provider}/${id}`
}

/** The other way round; what is no such name becomes a reference without a provider or an id. */
export function parseModelName(name: string): ModelRef {
  const slash = name.indexOf('/')
  return { provider: name.slice(0, Math.max(0, slash)), id: name.slice(slash + 1) }
}
