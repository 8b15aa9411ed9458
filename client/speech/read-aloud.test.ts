import { expect, it, vi } from 'vitest'
import { createReadAloud } from './read-aloud'

function setUp() {
  const said: { text: string; lang: string; events: EventTarget }[] = []
  const cancel = vi.fn<() => void>()
  const create = (text: string) =>
    Object.assign(new EventTarget(), { text, lang: '' }) as unknown as SpeechSynthesisUtterance
  const speak = (utterance: SpeechSynthesisUtterance) =>
    void said.push({ text: utterance.text, lang: utterance.lang, events: utterance })
  const reading = createReadAloud({ speak, cancel }, create)
  const tell = (type: string) => said.at(-1)?.events.dispatchEvent(new Event(type))
  const onFailed = vi.fn<() => void>()
  const read = (id: string, ...texts: string[]) =>
    reading.read({ id, texts, language: 'de', onFailed })
  return { reading, read, said, cancel, tell, onFailed }
}

it('says one text after the other in their language, and is silent then', () => {
  const { reading, read, said, tell } = setUp()
  read('m1', 'Eins', 'Zwei')
  expect(reading.state.messageId).toBe('m1')
  expect(said).toMatchObject([{ text: 'Eins', lang: 'de' }])
  tell('end')
  expect(said.map(({ text }) => text)).toEqual(['Eins', 'Zwei'])
  tell('end')
  expect(reading.state.messageId).toBeUndefined()
})

it('another message takes the place of the one being read', () => {
  const { reading, read, said, cancel, tell, onFailed } = setUp()
  read('m1', 'Eins', 'Zwei')
  const first = said[0]?.events
  read('m2', 'Drei')
  first?.dispatchEvent(new Event('error'))
  first?.dispatchEvent(new Event('end'))
  expect(cancel).toHaveBeenCalledTimes(1)
  expect(said.map(({ text }) => text)).toEqual(['Eins', 'Drei'])
  expect(reading.state.messageId).toBe('m2')
  expect(onFailed).not.toHaveBeenCalled()
  tell('end')
  expect(reading.state.messageId).toBeUndefined()
})

it('stopped, it says no more and is no failure', () => {
  const { reading, read, said, tell, onFailed } = setUp()
  read('m1', 'Eins', 'Zwei')
  reading.stop()
  tell('error')
  expect(said).toHaveLength(1)
  expect(onFailed).not.toHaveBeenCalled()
})

it('a voice that is missing is told of', () => {
  const { reading, read, tell, onFailed } = setUp()
  read('m1', 'Eins')
  tell('error')
  expect(onFailed).toHaveBeenCalledTimes(1)
  expect(reading.state.messageId).toBeUndefined()
})
