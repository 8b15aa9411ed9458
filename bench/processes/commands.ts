import { once } from 'node:events'
import type { ChildProcess } from 'node:child_process'
import { z } from 'zod'

/** What a process of the bench does on demand: one command at a time by name, with one argument and one answer. */
type Commands = Record<string, (options: never) => unknown>

type AnswerOf<Command> = Command extends (options: never) => infer Answer ? Awaited<Answer> : never

export type Commander<Served extends Commands> = <Name extends keyof Served & string>(
  name: Name,
  ...options: Parameters<Served[Name]>
) => Promise<AnswerOf<Served[Name]>>

const questionSchema = z.object({
  id: z.number(),
  name: z.string(),
  options: z.unknown().optional(),
})
const answerSchema = z.object({
  id: z.number(),
  value: z.unknown().optional(),
  error: z.string().optional(),
})

/** Answers the commands of the parent process until it goes away. */
export function serveCommands(commands: Commands): void {
  process.on('message', (message) => {
    const { id, name, options } = questionSchema.parse(message)
    // Parent and child are started from the same sources, and `commanderOf` is typed by these commands.
    const command = commands[name] as (options: unknown) => unknown
    Promise.resolve()
      .then(() => command(options))
      .then(
        (value) => process.send?.({ id, value }),
        (error: unknown) => process.send?.({ id, error: String(error) }),
      )
  })
  process.on('disconnect', () => process.exit())
}

/** Commands a child process that serves `Served`. */
export function commanderOf<Served extends Commands>(child: ChildProcess): Commander<Served> {
  let lastId = 0
  const gone = once(child, 'exit').then(() => {
    throw new Error('A process of the bench ended early.')
  })
  gone.catch(() => {})

  return (name, ...[options]) => {
    const id = ++lastId
    const answered = new Promise<AnswerOf<Served[typeof name]>>((resolve, reject) => {
      const listen = (message: unknown) => {
        const answer = answerSchema.safeParse(message)
        if (answer.data?.id !== id) return
        child.off('message', listen)
        if (answer.data.error !== undefined) reject(new Error(`${name}: ${answer.data.error}`))
        // As above: the child serves `Served`.
        else resolve(answer.data.value as AnswerOf<Served[typeof name]>)
      }
      child.on('message', listen)
    })
    child.send({ id, name, options })
    return Promise.race([answered, gone])
  }
}
