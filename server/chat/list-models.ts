import 'server-only'
import type { ModelCatalog } from '@/shared/models/model-catalog'
import type { Services } from '../services'

/** What the model picker shows. `rescan` asks every endpoint again, for a server that was started just now. */
export function listModels({
  services,
  rescan = false,
}: {
  services: Services
  rescan?: boolean
}): Promise<ModelCatalog> {
  return services.models.catalog({ rescan })
}
