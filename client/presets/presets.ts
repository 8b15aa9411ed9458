import type { Preset } from '@/shared/presets/preset'
import { browserFetch, requestJson } from '../api/http'
import { createLibraryStore } from './library-store'

const path = '/api/presets'
const schema = async () => (await import('./library-answers')).presetsSchema

/** The presets of this tab's user. Loaded when somebody looks at them. */
export const presets = createLibraryStore<Preset>(async ({ id, ...options }) => {
  const place = id === undefined ? path : `${path}/${encodeURIComponent(id)}`
  return (await requestJson(browserFetch, place, { schema, ...options })).presets
})
