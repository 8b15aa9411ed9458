'use client'

import { createContext, use, useSyncExternalStore } from 'react'
import type { ModelCatalog } from '@/shared/models/model-catalog'
import { browserEnvironment, isBrowser } from '../browser/browser-environment'
import { browserKeptValues } from '../browser/kept-values'
import { createModelStore, type ModelsSnapshot, type ModelStore } from './model-store'

/** The server-rendered catalog, for everything below it. */
export const ModelCatalogSeed = createContext<ModelCatalog | undefined>(undefined)

export type Models = ModelsSnapshot & Pick<ModelStore, 'choose' | 'rescan'>

const models = createModelStore({ api: browserEnvironment.api, kept: browserKeptValues })
const { choose, rescan } = models

/** The catalog as the server has it now. Rejects with a `ProblemError`. */
export const refreshModels = models.refresh

/** Which models there are, and which one a new chat starts with. */
export function useModels(): Models {
  const catalog = use(ModelCatalogSeed)
  if (isBrowser && catalog) models.seed(catalog)
  const snapshot = useSyncExternalStore(models.subscribe, models.getSnapshot, () =>
    snapshotOf(catalog),
  )
  return { ...snapshot, choose, rescan }
}

const snapshots = new WeakMap<ModelCatalog, ModelsSnapshot>()
const noCatalog: ModelsSnapshot = { catalog: undefined, chosen: undefined, scanning: false }

/** The same object for the same catalog, as React asks of a snapshot. */
function snapshotOf(catalog: ModelCatalog | undefined): ModelsSnapshot {
  if (!catalog) return noCatalog
  const known = snapshots.get(catalog)
  if (known) return known
  const snapshot = { catalog, chosen: catalog.defaultModel, scanning: false }
  snapshots.set(catalog, snapshot)
  return snapshot
}
