import type { EndpointInfo, ModelCatalog, ModelRef } from '@/shared/models/model-catalog'
import type { ParameterName, ReasoningEffort } from '@/shared/models/parameters'
import { parametersTaken } from '@/shared/models/parameters-taken'

/** What a model takes, where it is served, and how much it can be told to reason. */
export type TakenByModel = {
  taken: readonly ParameterName[]
  efforts: readonly ReasoningEffort[]
  endpoint: EndpointInfo | undefined
}

/** Of a model that is at no endpoint nothing is known, and nothing offered. */
export function takenByModel(
  catalog: ModelCatalog | undefined,
  model: ModelRef | undefined,
): TakenByModel {
  const endpoint = catalog?.endpoints.find(({ id }) => id === model?.provider)
  const efforts = endpoint?.models.find(({ id }) => id === model?.id)?.efforts ?? []
  const taken = endpoint ? parametersTaken({ kind: endpoint.kind, efforts }) : []
  return { taken, efforts, endpoint }
}
