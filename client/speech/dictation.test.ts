import { expect, it, vi } from 'vitest'
import { createDictation, type Heard, type Recognition } from './dictation'

function setUp() {
  const calls = {
    start: vi.fn<() => void>(),
    stop: vi.fn<() => void>(),
    abort: vi.fn<() => void>(),
  }
  const settings = { lang: '', continuous: false, interimResults: false }
  const recognition: Recognition = Object.assign(new EventTarget(), calls, settings)
  const dictation = createDictation(() => recognition)
  const heard: Heard[] = []
  const start = () => dictation.start({ language: 'de', onHeard: (what) => heard.push(what) })
  const tell = (type: string, more = {}) =>
    recognition.dispatchEvent(Object.assign(new Event(type), more))
  const result = (transcript: string, isFinal: boolean) => ({ isFinal, 0: { transcript } })
  return { dictation, recognition, start, tell, result, heard }
}

it('tells what is settled once, and what is guessed each time', () => {
  const { dictation, recognition, start, tell, result, heard } = setUp()
  start()
  expect(dictation.state).toEqual({ isListening: true })
  expect(recognition).toMatchObject({ lang: 'de', continuous: true, interimResults: true })
  tell('result', { resultIndex: 0, results: [result('Gute', false)] })
  tell('result', { resultIndex: 0, results: [result('Guten Tag.', true)] })
  tell('result', { resultIndex: 1, results: [result('Guten Tag.', true), result(' Wie', false)] })
  expect(heard).toEqual([
    { settled: '', guessed: 'Gute' },
    { settled: 'Guten Tag.', guessed: '' },
    { settled: '', guessed: ' Wie' },
  ])
  dictation.stop()
  tell('end')
  expect(dictation.state).toEqual({ isListening: false })
})

it.each([
  ['not-allowed', 'notAllowed'],
  ['audio-capture', 'noMicrophone'],
  ['network', 'unreachable'],
  ['something-new', 'failed'],
])('says what is wrong: %s', (error, problem) => {
  const { dictation, start, tell } = setUp()
  start()
  tell('error', { error })
  tell('end')
  expect(dictation.state).toEqual({ isListening: false, problem })
})

it('silence is the end of it, and no problem', () => {
  const { dictation, start, tell } = setUp()
  start()
  tell('error', { error: 'no-speech' })
  tell('end')
  expect(dictation.state).toEqual({ isListening: false })
})

it('called off, nothing more is heard', () => {
  const { dictation, recognition, start, tell, result, heard } = setUp()
  start()
  dictation.abort()
  tell('result', { resultIndex: 0, results: [result('late', true)] })
  expect(recognition.abort).toHaveBeenCalledTimes(1)
  expect(heard).toEqual([])
  expect(dictation.state).toEqual({ isListening: false })
})
