import type { SavedPrompt } from '@/shared/presets/prompt'
import { browserFetch, requestJson } from '../api/http'
import { createLibraryStore } from './library-store'

const path = '/api/prompts'
const schema = async () => (await import('./library-answers')).promptsSchema

/** The saved prompts of this tab's user. Loaded when somebody looks at them. */
export const prompts = createLibraryStore<SavedPrompt>(async ({ id, ...options }) => {
  const place = id === undefined ? path : `${path}/${encodeURIComponent(id)}`
  return (await requestJson(browserFetch, place, { schema, ...options })).prompts
})
