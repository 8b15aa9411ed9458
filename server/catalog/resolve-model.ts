import 'server-only'
import type { ModelRef } from '@/shared/models/model-catalog'
import { ownIdPrefix, resolveOwnModel } from '../endpoints/own-endpoints'
import type { ResolvedModel } from '../models/model-source'
import type { Services } from '../services'
import { listModels } from './list-models'

type OfUser = { services: Services; userId: string }

/** The model of this name, or the user's default without one; nothing when no endpoint offers it to this user. */
export async function resolveModel({
  services,
  userId,
  ref,
}: OfUser & { ref: ModelRef | undefined }): Promise<ResolvedModel | undefined> {
  const { provider, id } = ref ?? (await listModels({ services, userId })).defaultModel
  return provider.startsWith(ownIdPrefix)
    ? resolveOwnModel({ services, userId, endpointId: provider, modelId: id })
    : services.models.resolve({ provider, id })
}
