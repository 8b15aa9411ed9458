import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDatabase, type Database } from '../db/database'
import { endSessions, sessionHolds } from './session-end'

const userId = 'user-1'
let db: Database

beforeEach(async () => {
  db = await openDatabase({ dataDir: ':memory:' })
})
afterEach(() => db.close())

const end = (issuedAt: number, now: number) =>
  endSessions({ db, now: () => now }, { userId, issuedAt })
const holds = (issuedAt: number) => sessionHolds({ db }, { userId, issuedAt })

it('holds every session until one is ended, also of a user who has written nothing yet', async () => {
  expect(await holds(1000)).toBe(true)
  await end(1000, 2000)
  expect(await holds(1000)).toBe(false)
})

it('ends all that were issued until then, and none that is issued later', async () => {
  await end(1000, 2000)
  expect(await Promise.all([1, 1999, 2000, 2001].map(holds))).toEqual([false, false, false, true])
})

it('leaves other users alone', async () => {
  await end(1000, 2000)
  expect(await sessionHolds({ db }, { userId: 'user-2', issuedAt: 1000 })).toBe(true)
})

it('ends the asking session also when it comes from an instance whose clock is ahead', async () => {
  await end(2500, 2000)
  expect(await holds(2500)).toBe(false)
})
