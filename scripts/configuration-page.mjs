import { z } from 'zod'

const lineLength = 100

const pageTop = `# Configuration

Rivulet runs without any of this. Settings are environment variables; put them into \`.env.local\`
beside \`package.json\` (\`.env.example\` is a start) or into the environment, which wins. A setting that
is empty counts as left out. The server checks all of them when it starts and lists every mistake at
once; it never prints a value, because a value may be a key.`

const pageEnd = `## Which models there are

Every source below is asked, and the picker shows them together. A new chat starts with
\`DEFAULT_MODEL\`, else with the first source of this list that has a model:

1. OpenAI, when \`OPENAI_API_KEY\` is set and \`OPENAI_BASE_URL\` is not, or is OpenAI's own address.
   Spoken to by the Responses API.
2. The server at \`OPENAI_BASE_URL\`, with \`OPENAI_API_KEY\` if it is set. Spoken to by chat completions,
   like all that follow.
3. The servers of \`MODEL_ENDPOINTS\`, in their order.
4. Local servers, where \`LOCAL_DISCOVERY\` allows: Ollama (11434), LM Studio (1234), llama.cpp (9931,
   8080), Jan (1337), vLLM (8000) and Docker Model Runner (12434), on \`127.0.0.1\` and nowhere else.
5. What a user added in the settings, for that user alone, where \`USER_ENDPOINTS\` allows.
6. The demo: a script, no model. Always there, chosen only when nothing else is.

## Other variables

- \`VERCEL=1\` turns off the search for local servers.
- \`NODE_ENV\`: \`npm start\` sets \`production\`, \`npm run dev\` \`development\`.
- \`CHROMIUM_PATH\` names the browser for \`npm test\` and \`scripts/screenshot.mjs\`, which look
  for one otherwise. \`HEADLESS_SHELL_PATH\` names one without windows for most of the tests.

---

Written by \`scripts/write-configuration.mjs\` from \`server/settings.ts\`. Change the settings there, then
run \`node scripts/write-configuration.mjs\`; a test compares the two.
`

const exampleTop = `# Copy to .env.local and take the # off what you need. Rivulet runs without any of it.
# docs/configuration.md says the same with more room.
`

/** docs/configuration.md for these settings. */
export function configurationPage(settings) {
  const rows = listSettings(settings).map(({ name, standard, meaning }) => [
    `\`${name}\``,
    standard && `\`${standard}\``,
    meaning.replaceAll('|', '\\|'),
  ])
  return `${pageTop}\n\n${table([['Setting', 'Default', 'Meaning'], ...rows])}\n\n${pageEnd}`
}

/** Columns in line, as the formatter has them. */
function table([head, ...rows]) {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => row[column].length)),
  )
  const line = (cells) =>
    `| ${cells.map((text, column) => text.padEnd(widths[column])).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

/** .env.example for these settings: each one there, none set. */
export function environmentExample(settings) {
  const entries = listSettings(settings).map(({ name, meaning, standard }) =>
    [...wrapped(meaning.replaceAll('`', '')), `# ${name}=${standard}`].join('\n'),
  )
  return `${[exampleTop.trimEnd(), ...entries].join('\n\n')}\n`
}

function listSettings(settings) {
  return Object.entries(settings).map(([name, schema]) => {
    if (!schema.description) throw new Error(`${name} has no description in server/settings.ts.`)
    const standard = schema instanceof z.ZodDefault ? String(schema.def.defaultValue) : ''
    return { name, meaning: schema.description, standard }
  })
}

function wrapped(text) {
  const lines = ['#']
  for (const word of text.split(' ')) {
    const line = `${lines.at(-1)} ${word}`
    if (line.length <= lineLength) lines[lines.length - 1] = line
    else lines.push(`# ${word}`)
  }
  return lines
}
