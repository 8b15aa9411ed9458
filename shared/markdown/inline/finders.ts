/** The next place at or behind `position` where something stands; -1 if there is none. */
export type Finder = (position: number) => number

export type Finders = {
  readonly backticks: (position: number, length: number) => number
  readonly dollars: Finder
  readonly parenthesis: Finder
  readonly bracket: Finder
  readonly comment: Finder
  readonly instruction: Finder
  readonly section: Finder
  readonly declaration: Finder
}

/** Each looks at a character of the text once at most, however often it is asked. */
export function createFinders(text: string): Finders {
  return {
    backticks: createRunFinder(text),
    dollars: createFinder(text, '$$'),
    parenthesis: createFinder(text, '\\)'),
    bracket: createFinder(text, '\\]'),
    comment: createFinder(text, '-->'),
    instruction: createFinder(text, '?>'),
    section: createFinder(text, ']]>'),
    declaration: createFinder(text, '>'),
  }
}

function createFinder(text: string, wanted: string): Finder {
  const find = /[\\$]/.test(wanted)
    ? unescapedIndexOf
    : (from: number) => text.indexOf(wanted, from)
  let asked = 0
  let found: number | undefined

  function unescapedIndexOf(from: number): number {
    let index = text.indexOf(wanted, from)
    while (index >= 0 && isEscaped(text, index)) index = text.indexOf(wanted, index + 1)
    return index
  }

  return (position) => {
    const isKnown = found !== undefined && asked <= position && (found < 0 || position <= found)
    if (found === undefined || !isKnown) {
      asked = position
      found = find(position)
    }
    return found
  }
}

/** Whether an odd number of backslashes stands before it. */
function isEscaped(text: string, position: number): boolean {
  let start = position
  while (start > 0 && text[start - 1] === '\\') start -= 1
  return (position - start) % 2 === 1
}

/** Finds a run of exactly `length` backticks. All runs are noted when the first is asked for. */
function createRunFinder(text: string): (position: number, length: number) => number {
  let runs: Map<number, number[]> | undefined
  return (position, length) => {
    runs ??= backtickRuns(text, position)
    const starts = runs.get(length)
    if (starts === undefined) return -1
    // In reverse, so that what has been passed is taken off the end.
    while (starts.length > 0 && (starts.at(-1) ?? 0) < position) starts.pop()
    return starts.at(-1) ?? -1
  }
}

function backtickRuns(text: string, from: number): Map<number, number[]> {
  const runs = new Map<number, number[]>()
  for (const { index, 0: run } of text.slice(from).matchAll(/`+/g)) {
    const starts = runs.get(run.length)
    if (starts === undefined) runs.set(run.length, [from + index])
    else starts.push(from + index)
  }
  for (const starts of runs.values()) starts.reverse()
  return runs
}
