import { describe } from 'vitest'
import { describeBeginning } from './begin-run.contract'
import { describeChats } from './chats.contract'
import { describeMessages } from './messages.contract'
import { describeRunning } from './running-answer.contract'
import { describeTransactions } from './transactions.contract'
import { describeUsers } from './users.contract'
import type { OpenedDatabase } from './database'
import { useDatabase } from './testing/database-bench'

/** What every engine must do: run against an empty, migrated database per test. */
export function describeDatabase(name: string, open: () => Promise<OpenedDatabase>): void {
  describe(`the database: ${name}`, () => {
    const bench = useDatabase(open)
    describeUsers(bench)
    describeBeginning(bench)
    describeRunning(bench)
    describeChats(bench)
    describeMessages(bench)
    describeTransactions(bench)
  })
}
