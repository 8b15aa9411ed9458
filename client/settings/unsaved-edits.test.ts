import { expect, it } from 'vitest'
import type { Problem } from '@/shared/errors/problem'
import { createUnsavedEdits } from './unsaved-edits'

const problem: Problem = { title: '', status: 500, code: 'internal', detail: '', requestId: '1' }

function setUp() {
  const edits = createUnsavedEdits<{ name: string; text: string }>()
  edits.begin('a', { name: 'A', text: '' })
  edits.begin('b', { name: 'B', text: '' })
  const written = () => [...edits.getSnapshot()].map(([id, edit]) => [id, edit.written.text])
  return { edits, written }
}

it('keeps what was written when it is left, and nothing else', () => {
  const { edits, written } = setUp()
  edits.write('a', { text: 'half' })
  edits.write('b', { text: 'much' })
  edits.write('b', { text: '' })

  expect(edits.leave()).toBe(true)
  expect(written()).toEqual([['a', 'half']])
  edits.end('a')
  expect(edits.leave()).toBe(false)
})

it('saves one form once at a time, and leaves the others alone', async () => {
  const { edits, written } = setUp()
  edits.write('a', { text: 'whole' })
  const saving = Promise.withResolvers<undefined>()
  const saved: string[] = []
  const first = edits.save('a', ({ text }) => {
    saved.push(text)
    return saving.promise
  })
  expect(await edits.save('a', () => Promise.resolve(undefined))).toBe(false)
  edits.write('b', { text: 'half' })

  saving.resolve(undefined)
  expect(await first).toBe(true)
  edits.end('a')

  expect(saved).toEqual(['whole'])
  expect(written()).toEqual([['b', 'half']])
})

it('says what stood in the way until it is tried again', async () => {
  const { edits } = setUp()
  expect(await edits.save('a', () => Promise.resolve(problem))).toBe(false)
  expect(edits.getSnapshot().get('a')).toMatchObject({ failure: problem, isSaving: false })

  const saving = Promise.withResolvers<undefined>()
  void edits.save('a', () => saving.promise)
  expect(edits.getSnapshot().get('a')).toMatchObject({ failure: undefined, isSaving: true })
})
