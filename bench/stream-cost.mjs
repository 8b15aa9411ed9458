import { parseArgs } from 'node:util'
import './register.mjs'

const { values } = parseArgs({
  options: {
    tokens: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '7' },
  },
})

const { directPath, modelAlone, usualPath } = await import('./stream-paths.mjs')

const paths = {
  'model alone': modelAlone,
  'streamText, UI message stream': usualPath,
  'model.doStream, stream log': directPath,
}

const samples = await measure({ tokens: Number(values.tokens), rounds: Number(values.rounds) })
report(samples)

/** Takes turns, so that whatever slows the machine down for a while slows all of them. */
async function measure({ tokens, rounds }) {
  const names = Object.keys(paths)
  const taken = Object.fromEntries(names.map((name) => [name, []]))
  for (const name of names) await paths[name](tokens)
  for (let round = 0; round < rounds; round++) {
    for (const name of names) taken[name].push(await cpuMicrosecondsPerToken(paths[name], tokens))
  }
  return taken
}

/** Processor time, not time on the clock: other processes on the machine do not count. */
async function cpuMicrosecondsPerToken(path, tokens) {
  globalThis.gc?.()
  const before = process.cpuUsage()
  const bytes = await path(tokens)
  const { user, system } = process.cpuUsage(before)
  if (bytes < tokens && path !== modelAlone)
    throw new Error('A stream ended before its last token.')
  return (user + system) / tokens
}

function report(taken) {
  const [model = 0, usual = 0, direct = 0] = Object.values(taken).map(median)
  console.log(
    `CPU per token, median of ${values.rounds} rounds of ${values.tokens} tokens, Node ${process.version}`,
  )
  for (const [name, costs] of Object.entries(taken)) {
    const range = `${Math.min(...costs).toFixed(1)} to ${Math.max(...costs).toFixed(1)}`
    console.log(`  ${name.padEnd(30)} ${median(costs).toFixed(1).padStart(7)} µs   (${range})`)
  }
  console.log(`  ratio                          ${(usual / direct).toFixed(1).padStart(7)}`)
  console.log(
    `  ratio without the model        ${((usual - model) / (direct - model)).toFixed(1).padStart(7)}`,
  )
}

function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)]
}
