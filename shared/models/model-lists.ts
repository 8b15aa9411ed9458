import type { EndpointInfo, ModelRef } from './model-catalog'
import { sameModel } from './model-ref'

/** A model that may be picked, by its name and that of the endpoint. */
export type ModelChoice = ModelRef & { name: string; endpoint: string }

export function isListed(list: readonly ModelRef[], model: ModelRef): boolean {
  return list.some((listed) => sameModel(listed, model))
}

/** The list without the model if it was in it, else with it at its end. */
export function toggled(list: readonly ModelRef[], { provider, id }: ModelRef): ModelRef[] {
  const others = list.filter((listed) => !sameModel(listed, { provider, id }))
  return others.length < list.length ? others : [...others, { provider, id }]
}

type Choice = { favourites: readonly ModelRef[]; hidden: readonly ModelRef[] }

/**
 * What a picker shows: the favourites of all endpoints, then each endpoint with the rest of its models. The hidden are left
 * out, but for those in use, and so is an endpoint of which nothing remains.
 */
export function chosenModels(
  endpoints: readonly EndpointInfo[],
  { favourites, hidden, inUse = [] }: Choice & { inUse?: readonly ModelRef[] },
): { favourites: ModelChoice[]; endpoints: EndpointInfo[] } {
  const isShown = (model: ModelRef) => !isListed(hidden, model) || isListed(inUse, model)
  const isFavourite = (model: ModelRef) => isShown(model) && isListed(favourites, model)
  const others = endpoints.map((endpoint) => ({
    ...endpoint,
    models: endpoint.models.filter(({ id }) => {
      const model = { provider: endpoint.id, id }
      return isShown(model) && !isFavourite(model)
    }),
  }))
  return {
    favourites: endpoints.flatMap(choicesOf).filter(isFavourite),
    endpoints: others.filter(({ models, status }) => models.length > 0 || status !== 'ready'),
  }
}

export function choicesOf({ id: provider, name: endpoint, models }: EndpointInfo): ModelChoice[] {
  return models.map(({ id, name }) => ({ provider, id, name, endpoint }))
}
