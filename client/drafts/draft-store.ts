import { browserEnvironment } from '../browser/browser-environment'
import { browserKeptValues } from '../browser/kept-values'
import { createDrafts } from './drafts'

const drafts = createDrafts({ ...browserEnvironment, kept: browserKeptValues })

/** The composer's unsent text: a chat's under its id, a new chat's under `new`. */
export const readDraft = drafts.read
export const writeDraft = drafts.write
export const clearDraft = drafts.clear
