import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { textOf } from '../fixtures/schemas'
import { startServer, type RunningServer } from '../fixtures/server'
import { Session } from '../fixtures/session'
import { bothApis, expect, test as base } from '../fixtures/test'
import { step } from '../upstream/steps'

type Disk = {
  /** From now on every write that ends a run fails. */
  refuseEnds(): void
  /** Writes succeed again. */
  recover(): void
}

/** A server of the test's own, whose disk can refuse to keep the end of a run. */
const test = base.extend<{ ownServer: RunningServer; disk: Disk }>({
  ownServer: async ({ upstream }, use) => {
    const server = await startServer({ env: bothApis(upstream) })
    await use(server)
    await server.stop()
  },
  disk: async ({ ownServer }, use) => {
    const file = new DatabaseSync(join(ownServer.dataDir, 'rivulet.db'))
    await use({
      refuseEnds: () =>
        file.exec(`create trigger refuse_ends before update of status on runs
          when new.status <> 'running' begin select raise(abort, 'disk I/O error'); end`),
      recover: () => file.exec('drop trigger refuse_ends'),
    })
    file.close()
  },
  session: async ({ ownServer }, use) => use(await Session.open(ownServer.url)),
})

const said = 'Said while the disk was full. '
const notSaved = 'The end of a run could not be saved.'

test('row 28: says done only once the end is saved, tries again, and answers from the log meanwhile', async ({
  session,
  ownServer,
  disk,
  upstream,
  question,
  chatId,
}) => {
  const gate = upstream.gate(question)
  upstream.script(question, function* () {
    yield step.text(said)
    yield step.wait(gate.opened)
    yield step.text('The end.')
  })
  const stream = await session.send({ chatId, text: question })
  await stream.untilText(said)
  disk.refuseEnds()
  gate.open()
  await expect
    .poll(() => ownServer.output().split(notSaved).length - 1, { timeout: 10_000 })
    .toBeGreaterThanOrEqual(2)

  expect(stream.text).toBe(`${said}The end.`)
  expect(stream.chunks.map(({ type }) => type)).not.toContain('finish')
  expect(stream.isComplete).toBe(false)
  expect((await session.load(chatId)).activeRunId).toBe(stream.runId)
  const late = await session.attach(chatId)
  await late.untilText(`${said}The end.`)
  expect(late.isComplete).toBe(false)

  disk.recover()
  for (const reader of [stream, late]) {
    await reader.completed()
    expect(reader.metadata?.status).toBe('done')
  }
  const stored = await session.lastMessage(chatId)
  expect(stored?.metadata.status).toBe('done')
  expect(textOf(stored)).toBe(`${said}The end.`)
  expect(upstream.asked(question)).toHaveLength(1)
})

test('row 28: an end that cannot be saved at all is never told as done', async ({
  session,
  disk,
  upstream,
  question,
  chatId,
}) => {
  const gate = upstream.gate(question)
  upstream.script(question, () => [step.text(said), step.wait(gate.opened)])
  const stream = await session.send({ chatId, text: question })
  await expect.poll(async () => textOf(await session.lastMessage(chatId))).toBe(said)
  disk.refuseEnds()
  gate.open()
  await stream.completed()

  expect(stream.text).toBe(said)
  expect(stream.metadata?.status).toBe('interrupted')
  disk.recover()
  const stored = await session.lastMessage(chatId)
  expect(stored?.metadata.status).toBe('interrupted')
  expect(textOf(stored)).toBe(said)
  expect((await session.load(chatId)).activeRunId).toBeNull()
})
