import 'server-only'
import { writeSync } from 'node:fs'
import { type Database, openDatabase } from '../database'

const [task, place = '', name = ''] = process.argv.slice(2)

const begin = {
  kind: 'submit',
  userId: 'user',
  chatId: 'chat',
  requestKey: name,
  instance: name,
  runId: `run-${name}`,
  answerId: `answer-${name}`,
  message: { id: name, text: 'Hello' },
  title: 'Hello',
  model: { provider: 'demo', id: 'scripted' },
  now: 1,
} as const

/** Says what a parent waits for; written at once, also when the process is killed right after. */
function say(line: string): void {
  writeSync(1, `${line}\n`)
}

function open(): Promise<Database> {
  const isPostgres = place.startsWith('postgres:')
  return openDatabase(isPostgres ? { dataDir: '', databaseUrl: place } : { dataDir: place })
}

async function openAndBegin(): Promise<void> {
  say('ready')
  await new Promise((go) => process.stdin.once('data', go))
  process.stdin.destroy()
  const database = await open()
  const { status } = await database.runs.begin(begin)
  say(status)
  await database.close()
}

async function checkpointForEver(): Promise<never> {
  const database = await open()
  await database.runs.begin(begin)
  for (let seq = 1; ; seq += 1) {
    const text = `${seq} `.repeat(200)
    await database.runs.checkpoint({
      runId: begin.runId,
      parts: [{ type: 'text', text, state: 'streaming' }],
      metadata: {},
      seq,
      now: seq,
    })
    say(String(seq))
  }
}

await (task === 'begin' ? openAndBegin() : checkpointForEver())
