import { expect, test } from 'vitest'
import { planAnswer } from '../plan/answer-plan'
import type { Death } from '../world/faults'
import type { Evidence } from './evidence'
import { judge } from './judge'

const plan = planAnswer({ seed: 1, index: 0 })
const whole = plan.text.join('')
const pid = 4711
const port = 3001
const endedAt = 60_000

type Status = Evidence['stored']['runs'][number]['status']

/** An answer that went well, or ended so with this text. */
function evidenceOf(status: Status = 'done', text = whole): Evidence {
  return {
    plan,
    log: 'redis',
    startedAt: 0,
    endedAt: endedAt + 100,
    said: { askedCount: 1, progress: [{ length: whole.length, at: endedAt - 100 }] },
    stored: {
      messages: [
        { id: plan.messageId, role: 'user', status: 'done', text: plan.question },
        { id: 'answer', role: 'assistant', status, text },
      ],
      runs: [{ id: 'run', status, pid, endedAt }],
    },
    ends: [{ name: 'sender', text, status, reloads: 0, seen: [{ port, length: 3 }], wrongs: [] }],
    stop: undefined,
    deaths: [],
    redisSpells: [],
  }
}

function faultsOf(evidence: Evidence): string[] {
  return judge(evidence).faults.map(({ kind, detail }) => `${kind}: ${detail}`)
}

function death(signal: Death['signal'], at: number): Death {
  return { pid, port, signal, at, backAt: undefined }
}

test('finds nothing where all is as it was said', () => {
  expect(faultsOf(evidenceOf())).toEqual([])
})

test('finds a reader with another text than the one stored, and where', () => {
  const evidence = evidenceOf()
  const [end] = evidence.ends
  const ends = end ? [{ ...end, text: `${whole} ` }] : []
  expect(faultsOf({ ...evidence, ends })).toEqual([
    expect.stringContaining(`different: sender (${whole.length + 1} characters) and stored`),
  ])
})

test('finds an answer that is done and lacks its last character', () => {
  expect(faultsOf(evidenceOf('done', whole.slice(0, -1)))).toEqual([
    expect.stringContaining(`differ at ${whole.length - 1}`),
  ])
})

test('finds what was stored or asked twice, or not at all', () => {
  const { stored, ...rest } = evidenceOf()
  const messages = [...stored.messages, ...stored.messages]
  const runs = [...stored.runs, ...stored.runs]
  const twice = { ...rest, stored: { messages, runs }, said: { ...rest.said, askedCount: 2 } }
  expect(judge(twice).faults.filter(({ kind }) => kind === 'doubled')).toHaveLength(4)
  const nothing = { ...rest, ends: [], stored: { messages: [], runs: [] } }
  expect(judge(nothing).faults.some(({ kind }) => kind === 'lost')).toBe(true)
})

test('finds an end that nothing was the reason of', () => {
  expect(faultsOf(evidenceOf('interrupted', ''))).toContainEqual(
    expect.stringContaining('though its process lived'),
  )
  expect(faultsOf(evidenceOf('stopped', ''))).toContainEqual(
    expect.stringContaining('though nobody asked'),
  )
  expect(faultsOf(evidenceOf('failed', ''))).toContainEqual(
    expect.stringContaining('though the model did not'),
  )
  expect(faultsOf(evidenceOf('running', ''))).toContainEqual(
    expect.stringContaining('the run has no end'),
  )
})

test('lets a process that leaves interrupt an answer after its grace, not before', () => {
  const interrupted = evidenceOf('interrupted')
  expect(faultsOf({ ...interrupted, deaths: [death('SIGTERM', endedAt - 8000)] })).toEqual([])
  expect(faultsOf({ ...interrupted, deaths: [death('SIGTERM', endedAt - 3000)] })).toEqual([
    expect.stringContaining('before its process had to leave'),
  ])
})

test('finds more than 1.5 s lost of what a killed process had, and tells how much it was', () => {
  const evidence = evidenceOf('interrupted', whole.slice(0, 1))
  const saidAt = evidence.said.progress[0]?.at ?? 0
  const killedAfter = (ms: number) => ({ ...evidence, deaths: [death('SIGKILL', saidAt + ms)] })
  expect(judge(killedAfter(1400))).toMatchObject({ faults: [], lostMs: 1400 })
  expect(faultsOf(killedAfter(1600))).toEqual([expect.stringContaining('lost: 1600 ms')])
})

test('finds that less is kept than another instance had shown, unless Redis was emptied', () => {
  const evidence = evidenceOf('interrupted', whole.slice(0, 1))
  const [end] = evidence.ends
  const ends = end ? [{ ...end, seen: [{ port: port + 1, length: 2 }] }] : []
  const killed = { ...evidence, ends, deaths: [death('SIGKILL', 0)] }
  expect(faultsOf(killed)).toEqual([expect.stringContaining('had seen 2 characters, 1 are kept')])
  const redisSpells = [{ kind: 'restart' as const, from: 1, to: 2 }]
  expect(faultsOf({ ...killed, redisSpells })).toEqual([])
})
