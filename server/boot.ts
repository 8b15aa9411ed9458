import 'server-only'
import { indexWholeBacklog } from './chat/index-backlog'
import { settleRuns } from './chat/settle-runs'
import { sweepTemporaryChats } from './chat/temporary-chats'
import { UnusableDatabaseError } from './db/engine'
import { readSetup } from './deployment'
import { env, isOnVercel, SettingsError } from './env'
import { destroyStalledSockets } from './http/stalled-sockets'
import { log } from './log'
import { services, type Services } from './services'
import { startLines } from './start-lines'

const graceMs = 8000
const settleEveryMs = 10_000
const sweepEveryMs = 10_000

/** Opens the data, settles what an earlier process left, says how things stand, and sees to a clean end. */
export async function boot(): Promise<void> {
  if (isOnVercel()) return reportSetup()
  const built = await requireServices()
  await settleRuns(built)
  leaveCleanly(built)
  watchOtherInstances(built)
  void sweepTemporaryChats(built)
  setInterval(() => void sweepTemporaryChats(built), sweepEveryMs).unref()
  destroyStalledSockets()
  void indexWholeBacklog(built, built.activeRuns.shutdownSignal)
  const catalog = await built.models.catalog()
  process.stdout.write(`\n${startLines({ env: built.env, db: built.db, catalog }).join('\n')}\n\n`)
}

/** What the person who starts the server can put right is said plainly, without a stack. */
async function requireServices(): Promise<Services> {
  try {
    env()
    return await services()
  } catch (error) {
    if (!(error instanceof SettingsError || error instanceof UnusableDatabaseError)) throw error
    process.stderr.write(`\n${error.message}\n\n`)
    process.exit(1)
  }
}

/**
 * A function opens nothing when it starts: a database that is missing or away must not keep the pages from saying so.
 * Runs of functions that are gone are settled when somebody next looks at them.
 */
function reportSetup(): void {
  const { ready, missing, mistakes } = readSetup()
  // The log cannot be asked: how much it says is a setting too.
  if (mistakes.length > 0) process.stderr.write(`${new SettingsError(mistakes).message}\n`)
  else if (!ready) log.error('This deployment needs settings before it can answer.', { missing })
  else if (missing.length > 0) log.warn('Answers cannot be followed live.', { missing })
}

/** Instances that share a database see to each other's runs, also when nobody looks at them. */
function watchOtherInstances(built: Services): void {
  if (built.db.engine !== 'postgres') return
  const settle = () => {
    settleRuns(built).catch((error: unknown) =>
      log.warn('Runs of other instances could not be looked after.', { error }),
    )
  }
  setInterval(settle, settleEveryMs).unref()
}

/** On SIGTERM and Ctrl+C: no new runs, time for those under way, then out. A second signal leaves at once. */
function leaveCleanly(built: Services): void {
  let leaving = false
  const leave = (signal: string) => {
    if (leaving) process.exit(1)
    leaving = true
    log.info('Shutting down.', { signal })
    // Another instance has the same log: readers go on there at once.
    if (built.streamLog.shared) built.activeRuns.sendReadersAway()
    void built.activeRuns.drain(graceMs).finally(() => {
      void built.db.close().finally(() => process.exit(0))
    })
  }
  process.on('SIGTERM', leave)
  process.on('SIGINT', leave)
}
