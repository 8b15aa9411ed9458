import type { Preset } from '@/shared/presets/preset'
import type { SavedPrompt } from '@/shared/presets/prompt'
import type { OwnEndpoint } from '@/shared/models/own-endpoint'
import { createUnsavedEdits } from './unsaved-edits'

export type EndpointFields = Pick<OwnEndpoint, 'kind' | 'name' | 'baseUrl'> & {
  apiKey: string
  withoutKey: boolean
}

/** Forms of this tab, by the part of the settings that they are in. */
export const unsaved = {
  presets: createUnsavedEdits<Preset>(),
  prompts: createUnsavedEdits<SavedPrompt>(),
  models: createUnsavedEdits<EndpointFields, unknown>(),
}

/** The settings are closed: answers a part in which something is left that was not saved. */
export function leaveUnsaved(): keyof typeof unsaved | undefined {
  const parts = ['presets', 'prompts', 'models'] as const
  return parts.filter((part) => unsaved[part].leave())[0]
}
