import { step, tokensOf, type Gate, type Step } from './steps'

const defaultAnswer = `## Streaming over a real socket

This answer comes from the **scripted upstream**. It has several paragraphs, so that a test can watch it grow.

1. The first item of a list.
2. The second one, with \`inline code\`.

\`\`\`ts
const answer = 6 * 7
\`\`\`

And a last paragraph, which ends here.`

type Context = { intervalMs: number; gate: (name: string) => Gate }

/**
 * The steps that a user's text asks for, a line each, so that a browser test can script the upstream by what it types:
 * `say: …`, `think: …`, `wait: 500` (milliseconds), `hold: name` (until the gate of that name opens), `long: 20`
 * (paragraphs), `pace: 50` (milliseconds between tokens), `fail: 429`, `error: …` (inside the stream), `cut`, `reset`,
 * `malformed`. Any other text gets a fixed Markdown answer.
 */
export function* stepsOf(userText: string, { intervalMs, gate }: Context): Generator<Step> {
  const directives = userText.split('\n').flatMap(parseDirective)
  if (directives.length === 0) yield* paced(defaultAnswer, step.text, intervalMs)
  let pace = intervalMs
  for (const { name, value } of directives) {
    if (name === 'pace') pace = Number(value)
    else yield* perform(name, value, pace, gate)
  }
}

function* perform(
  name: string,
  value: string,
  pace: number,
  gate: Context['gate'],
): Generator<Step> {
  if (name === 'say') yield* paced(value, step.text, pace)
  else if (name === 'think') yield* paced(value, step.reasoning, pace)
  else if (name === 'long') yield* paced(paragraphs(Number(value)), step.text, pace)
  else if (name === 'wait') yield step.wait(Number(value))
  else if (name === 'hold') yield step.wait(gate(value).opened)
  else if (name === 'fail')
    yield step.status(Number(value), { error: { message: `Scripted status ${value}` } })
  else if (name === 'error')
    yield step.error({ message: value, code: 'server_error', type: 'server_error' })
  else if (name === 'malformed') yield step.malformed()
  else if (name === 'cut') yield step.eof()
  else if (name === 'reset') yield step.reset()
}

function* paced(text: string, of: (delta: string) => Step, paceMs: number): Generator<Step> {
  for (const token of tokensOf(text)) {
    yield of(token)
    if (paceMs > 0) yield step.wait(paceMs)
  }
}

function parseDirective(line: string): { name: string; value: string }[] {
  const match =
    /^(say|think|long|pace|wait|hold|fail|error): ?(.+)$/.exec(line) ??
    /^(malformed|cut|reset)$/.exec(line)
  return match?.[1] ? [{ name: match[1], value: match[2] ?? '' }] : []
}

function paragraphs(count: number): string {
  return Array.from(
    { length: count },
    (_, index) =>
      `Paragraph ${index + 1} of ${count}. It says little, at some length, so that there is something to scroll.`,
  ).join('\n\n')
}
