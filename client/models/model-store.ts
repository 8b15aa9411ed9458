import type { ModelCatalog, ModelRef } from '@/shared/models/model-catalog'
import { isModelRef, sameModel } from '@/shared/models/model-ref'
import type { ChatApi } from '../api/chat-api'
import type { KeptValues } from '../browser/kept-values'

export type ModelsSnapshot = {
  readonly catalog: ModelCatalog | undefined
  /** For a new chat: the one chosen last, while it is there; else the server's default. */
  readonly chosen: ModelRef | undefined
  readonly scanning: boolean
}

export type ModelStore = {
  getSnapshot: () => ModelsSnapshot
  subscribe: (listener: () => void) => () => void
  /** The server-rendered catalog; only the first counts. */
  seed: (catalog: ModelCatalog) => void
  choose: (model: ModelRef) => void
  /** Looks for models again. Rejects with a `ProblemError`. */
  rescan: () => Promise<void>
  /** Takes the catalog as the server has it, without a search. Rejects with a `ProblemError`. */
  refresh: () => Promise<void>
}

const chosenKey = 'rivulet.model'

export function createModelStore({ api, kept }: { api: ChatApi; kept: KeptValues }): ModelStore {
  const listeners = new Set<() => void>()
  let remembered: ModelRef | undefined
  let scan: Promise<void> | undefined
  let snapshot: ModelsSnapshot = { catalog: undefined, chosen: undefined, scanning: false }

  function changed(catalog: ModelCatalog | undefined) {
    snapshot = { catalog, chosen: chosenOf(catalog, remembered), scanning: scan !== undefined }
    for (const listener of listeners) listener()
  }

  async function scanNow() {
    let { catalog } = snapshot
    try {
      catalog = await api.loadModels({ rescan: true })
    } finally {
      scan = undefined
      changed(catalog)
    }
  }

  return {
    getSnapshot: () => snapshot,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    seed: (catalog) => {
      if (snapshot.catalog) return
      remembered = readRemembered(kept)
      changed(catalog)
    },
    choose: (model) => {
      remembered = model
      kept.setItem(chosenKey, JSON.stringify(model))
      changed(snapshot.catalog)
    },
    refresh: async () => changed(await api.loadModels({ rescan: false })),
    rescan: () => {
      if (!scan) {
        scan = scanNow()
        changed(snapshot.catalog)
      }
      return scan
    },
  }
}

export function chosenOf(
  catalog: ModelCatalog | undefined,
  remembered: ModelRef | undefined,
): ModelRef | undefined {
  const isThere = catalog?.endpoints.some(({ id: provider, models }) =>
    models.some(({ id }) => sameModel({ provider, id }, remembered)),
  )
  return isThere ? remembered : catalog?.defaultModel
}

function readRemembered(kept: KeptValues): ModelRef | undefined {
  try {
    const value: unknown = JSON.parse(kept.getItem(chosenKey) ?? 'null')
    return isModelRef(value) ? value : undefined
  } catch {
    return undefined
  }
}
