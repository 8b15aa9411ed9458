import type { ModelCatalog, ModelRef } from '@/shared/models/model-catalog'

/** What a model is called, or its id when it is no longer listed. */
export function modelName(
  catalog: ModelCatalog | undefined,
  model: ModelRef | null | undefined,
): string | undefined {
  if (!model) return undefined
  const endpoint = catalog?.endpoints.find(({ id }) => id === model.provider)
  return endpoint?.models.find(({ id }) => id === model.id)?.name ?? model.id
}
