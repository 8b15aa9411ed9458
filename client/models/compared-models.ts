import { comparedModelsMax } from '@/shared/chat/compared-models'
import type { ModelRef } from '@/shared/models/model-catalog'
import { sameModel } from '@/shared/models/model-ref'

/** The models that will answer once that one was pressed: it joins them, or leaves. One always stays; no more join than fit. */
export function withPressed(selected: readonly ModelRef[], pressed: ModelRef): readonly ModelRef[] {
  const others = selected.filter((model) => !sameModel(model, pressed))
  if (others.length < selected.length) return others.length > 0 ? others : selected
  return selected.length < comparedModelsMax ? [...selected, pressed] : selected
}
