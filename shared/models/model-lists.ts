import type { EndpointInfo, ModelRef } from './model-catalog'
import { sameModel } from './model-ref'

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
 * The endpoints as the picker shows them: favourites first, the hidden left out. One that is in use is there whether or not
 * it is hidden.
 */
export function chosenModels(
  endpoints: readonly EndpointInfo[],
  { favourites, hidden, inUse }: Choice & { inUse: ModelRef | undefined },
): EndpointInfo[] {
  return endpoints.map((endpoint) => {
    const refOf = ({ id }: { id: string }) => ({ provider: endpoint.id, id })
    const shown = endpoint.models.filter(
      (model) => !isListed(hidden, refOf(model)) || sameModel(refOf(model), inUse),
    )
    const isFavourite = (model: { id: string }) => isListed(favourites, refOf(model))
    const models = [...shown.filter(isFavourite), ...shown.filter((model) => !isFavourite(model))]
    return { ...endpoint, models }
  })
}
