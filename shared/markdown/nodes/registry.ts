import { itemAt, sequenceLength, type Sequence } from '../block/sequence'
import type { Definition } from '../block/source-block'
import { footnoteKey, type References } from '../inline/references'

export type Watcher = { readonly onChange: () => void }

/**
 * What the labels of a text stand for, and who has asked. The first definition of a label is the one that counts, and
 * a definition that comes later changes those alone who have asked for it.
 */
export type Registry = {
  /** What is known now; what a watcher asks for, it is told of when it changes. */
  referencesFor(watcher: Watcher): References
  forget(watcher: Watcher): void
  /**
   * Takes what the text defines now. While `footnotes` are left out, every one is taken for defined: a model defines
   * them at the end, and what turned from text into numbers there would move what is being read.
   */
  update(definitions: Sequence<Definition>, footnotes: ReadonlySet<string> | undefined): void
}

// Numbers are given afterwards, when the order of all references is known.
const unnumbered = { number: 0, occurrence: 0 }

export function createRegistry(): Registry {
  const known = new Map<string, Definition>()
  const applied: Definition[] = []
  const watchers = new Map<string, Set<Watcher>>()
  const asked = new Map<Watcher, Set<string>>()
  let definedFootnotes: ReadonlySet<string> | undefined

  function watch(key: string, watcher: Watcher): void {
    getOrInsert(watchers, key).add(watcher)
    getOrInsert(asked, watcher).add(key)
  }

  function notify(key: string): void {
    for (const watcher of watchers.get(key) ?? []) watcher.onChange()
  }

  /** Sequences of definitions have all in common up to the last item that is the same. */
  function updateDefinitions(definitions: Sequence<Definition>): void {
    const before = new Map<string, Definition | undefined>()
    while (applied.length > 0 && itemAt(definitions, applied.length - 1) !== applied.at(-1)) {
      const definition = applied.pop()
      if (!definition || known.get(definition.label) !== definition) continue
      if (!before.has(definition.label)) before.set(definition.label, definition)
      known.delete(definition.label)
    }
    for (let index = applied.length; index < sequenceLength(definitions); index += 1) {
      const definition = itemAt(definitions, index)
      if (!definition) break
      applied.push(definition)
      if (known.has(definition.label)) continue
      if (!before.has(definition.label)) before.set(definition.label, undefined)
      known.set(definition.label, definition)
    }
    for (const [label, definition] of before) {
      if (!saysTheSame(definition, known.get(label))) notify(label)
    }
  }

  function updateFootnotes(footnotes: ReadonlySet<string> | undefined): void {
    const before = definedFootnotes
    definedFootnotes = footnotes
    if (!before && !footnotes) return
    for (const key of watchers.keys()) {
      if (!key.startsWith('^')) continue
      const label = key.slice(1)
      const [was, is] = [before?.has(label) ?? true, footnotes?.has(label) ?? true]
      if (was !== is) notify(key)
    }
  }

  return {
    referencesFor: (watcher) => ({
      link(label) {
        watch(label, watcher)
        return known.get(label)
      },
      footnote(label) {
        watch(footnoteKey(label), watcher)
        return (definedFootnotes?.has(label) ?? true) ? unnumbered : undefined
      },
    }),
    forget(watcher) {
      for (const key of asked.get(watcher) ?? []) watchers.get(key)?.delete(watcher)
      asked.delete(watcher)
    },
    update(definitions, footnotes) {
      updateDefinitions(definitions)
      updateFootnotes(footnotes)
    },
  }
}

function getOrInsert<Key, Item>(map: Map<Key, Set<Item>>, key: Key): Set<Item> {
  const known = map.get(key)
  if (known) return known
  const created = new Set<Item>()
  map.set(key, created)
  return created
}

function saysTheSame(one: Definition | undefined, other: Definition | undefined): boolean {
  return one?.url === other?.url && one?.title === other?.title
}
