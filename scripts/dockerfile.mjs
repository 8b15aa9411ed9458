/**
 * @typedef {object} Instruction
 * @property {string} name `COPY`, `RUN` …
 * @property {string} value What stands behind it, continued lines joined, without flags.
 * @property {Record<string, string>} flags
 */

/**
 * The stages of a Dockerfile, in their order. It knows what this project uses: no heredocs, no parser directives
 * but `syntax`, no ONBUILD.
 *
 * @param {string} text
 * @returns {{ name?: string; from: string; instructions: Instruction[] }[]}
 */
export function parseDockerfile(text) {
  const stages = []
  for (const instruction of joinLines(text).map(parseInstruction)) {
    if (instruction.name === 'FROM') stages.push(stageOf(instruction))
    else stages.at(-1).instructions.push(instruction)
  }
  return stages
}

function joinLines(text) {
  const lines = text.split('\n').filter((line) => !/^\s*(#|$)/.test(line))
  return lines
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
}

function parseInstruction(line) {
  const [, name, rest] = /^(\w+)\s+(.*)$/.exec(line) ?? []
  if (!name) throw new Error(`This is no instruction: ${line}`)
  const [, flagText, value] = /^((?:--\S+\s+)*)(.*)$/.exec(rest)
  const flags = flagText
    .split(/\s+/)
    .filter(Boolean)
    .map((flag) => flag.slice(2).split('='))
  return { name: name.toUpperCase(), value, flags: Object.fromEntries(flags) }
}

function stageOf({ value }) {
  const [, from, name] = /^(\S+)(?:\s+AS\s+(\S+))?$/i.exec(value) ?? []
  return { from, name, instructions: [] }
}

/** What ENV sets in a stage; `NAME=value` pairs without spaces in the values. */
export function environmentOf({ instructions }) {
  const pairs = instructions
    .filter(({ name }) => name === 'ENV')
    .flatMap(({ value }) => value.split(/\s+/))
  return Object.fromEntries(pairs.map((pair) => pair.split(/=(.*)/).slice(0, 2)))
}

/** The words of an instruction in exec form, `["node", "x"]`; nothing for one that a shell would run. */
export function execForm(value) {
  try {
    const words = JSON.parse(value)
    return Array.isArray(words) ? words : undefined
  } catch {
    return undefined
  }
}

/**
 * What is wrong with the image that a Dockerfile describes, a line each.
 *
 * @param {{ text: string; nodeMajor: string }} options
 */
export function problemsOfDockerfile({ text, nodeMajor }) {
  const stages = parseDockerfile(text)
  const last = stages.at(-1)
  const environment = environmentOf(last)
  const valueOf = (name) => last.instructions.findLast((one) => one.name === name)?.value
  return [
    stages.length < 2 && 'The tools that build would be in the image: use a stage for them.',
    ...stages.map(
      ({ from }) => !from.startsWith(`node:${nodeMajor}-`) && `${from} is not Node ${nodeMajor}.`,
    ),
    (valueOf('USER') ?? 'root') === 'root' && 'The server would run as root: add USER.',
    !execForm(valueOf('CMD') ?? '') && 'A shell would take the signals: write CMD in exec form.',
    /npm|npx/.test(valueOf('CMD') ?? '') && 'npm would take the signals: let CMD start node.',
    !/\/api\/health/.test(valueOf('HEALTHCHECK') ?? '') && 'HEALTHCHECK does not ask /api/health.',
    environment.HOST !== '0.0.0.0' && 'The server would listen to the container alone: set HOST.',
    valueOf('VOLUME') !== environment.DATA_DIR &&
      'DATA_DIR is no VOLUME: chats would go with the container.',
    ...secretsIn(stages).map((name) => `${name} would be kept in the image.`),
  ].filter(Boolean)
}

function secretsIn(stages) {
  const set = stages.flatMap(({ instructions }) =>
    instructions.filter(({ name }) => /^(ENV|ARG)$/.test(name)),
  )
  const names = set.flatMap(({ value }) => value.split(/\s+/)).map((pair) => pair.split('=')[0])
  return names.filter((name) => /KEY|SECRET|PASSWORD|TOKEN|_URL$/.test(name))
}
