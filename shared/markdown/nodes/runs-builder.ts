import type { Groups, Run } from '../tree'
import { findReferences, withNumbers, type FootnoteNumbers, type Site } from './footnote-numbers'
import { shareItems } from './share'

export type RunsBuilder = {
  /** The runs with the numbers of their footnotes in place. */
  update(runs: Groups<Run>): Groups<Run>
  dispose(): void
}

type Numbered = { site: Site; run: Run; numbers: Site['numbers'] }

export function createRunsBuilder(numbers: FootnoteNumbers, onRenumber: () => void): RunsBuilder {
  let read: Groups<Run> = []
  let shown: Groups<Run> = []
  let isRenumbered = false
  const numbered = new Map<Run, Numbered>()
  const onChange = () => {
    isRenumbered = true
    onRenumber()
  }

  function drop(run: Run): void {
    const known = numbered.get(run)
    if (known) numbers.remove(known.site)
    numbered.delete(run)
  }

  function take(run: Run): void {
    const references = findReferences(run.inlines)
    if (references.length === 0) return
    const site: Site = { key: run.key, references, numbers: [], onChange }
    numbers.add(site)
    numbered.set(run, { site, ...numberedRun(run, site) })
  }

  function showRun(run: Run): Run {
    const known = numbered.get(run)
    if (!known) return run
    if (known.numbers !== known.site.numbers) Object.assign(known, numberedRun(run, known.site))
    return known.run
  }

  function showGroup(group: readonly Run[], before: readonly Run[] | undefined) {
    const runs = group.map(showRun)
    return shareItems(before, shareItems(group, runs))
  }

  function update(runs: Groups<Run>): Groups<Run> {
    const { gone, come } = difference(read, runs)
    for (const run of gone.toReversed()) drop(run)
    for (const run of come) take(run)
    if (numbered.size === 0) return runs
    return runs.map((group, index) => {
      const isSame = group === read[index] && !isRenumbered
      return (isSame ? shown[index] : undefined) ?? showGroup(group, shown[index])
    })
  }

  return {
    update(runs) {
      shown = shareItems(shown, update(runs))
      read = runs
      isRenumbered = false
      return shown
    },
    dispose() {
      for (const run of [...numbered.keys()].toReversed()) drop(run)
    },
  }
}

function numberedRun(run: Run, site: Site): Pick<Numbered, 'run' | 'numbers'> {
  const inlines = withNumbers(run.inlines, site.numbers.values())
  return { run: { key: run.key, inlines }, numbers: site.numbers }
}

/** Runs are told apart by identity; full groups that are the same are passed over. */
function difference(before: Groups<Run>, after: Groups<Run>) {
  const gone: Run[] = []
  const come: Run[] = []
  for (let index = 0; index < Math.max(before.length, after.length); index += 1) {
    const [old, current] = [before[index] ?? [], after[index] ?? []]
    if (old === current) continue
    gone.push(...old.filter((run) => !current.includes(run)))
    come.push(...current.filter((run) => !old.includes(run)))
  }
  return { gone, come }
}
