import { utterancesOf } from '@/shared/speech/utterances'

export type ReadAloudState = { messageId: string | undefined }

export type ReadAloud = {
  readonly state: ReadAloudState
  subscribe: (listener: () => void) => () => void
  /** Reads a message out, instead of what is being read. `onFailed` when the browser has no voice for it. */
  read: (message: {
    id: string
    texts: readonly string[]
    language: string
    onFailed: () => void
  }) => void
  stop: () => void
}

type Voice = Pick<SpeechSynthesis, 'speak' | 'cancel'>
type CreateUtterance = (text: string) => SpeechSynthesisUtterance

const silent: ReadAloudState = { messageId: undefined }

/** What is being read out in this tab; there is one voice. */
export function createReadAloud(voice: Voice, createUtterance: CreateUtterance): ReadAloud {
  const listeners = new Set<() => void>()
  let state = silent

  function become(next: ReadAloudState) {
    state = next
    for (const listener of listeners) listener()
  }

  function stop() {
    if (state === silent) return
    become(silent)
    voice.cancel()
  }

  return {
    get state() {
      return state
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    stop,
    read: ({ id, texts, language, onFailed }) => {
      stop()
      const waiting = utterancesOf(texts)
      const reading: ReadAloudState = { messageId: id }
      become(reading)
      sayNext()

      function sayNext() {
        // Another message is read by now, or none.
        if (state !== reading) return
        const text = waiting.shift()
        if (text === undefined) return become(silent)
        const utterance = createUtterance(text)
        utterance.lang = language
        utterance.addEventListener('end', sayNext)
        utterance.addEventListener('error', fail)
        voice.speak(utterance)
      }

      function fail() {
        if (state !== reading) return
        become(silent)
        onFailed()
      }
    },
  }
}
