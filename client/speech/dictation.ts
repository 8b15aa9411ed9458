/** What the browser makes of what it hears: for good, and for now. */
export type Heard = { settled: string; guessed: string }

export type DictationProblem =
  | 'notAllowed'
  | 'noMicrophone'
  | 'unreachable'
  | 'noLanguage'
  | 'failed'

export type DictationState = { isListening: boolean; problem?: DictationProblem }

/** What is used of the browser's `SpeechRecognition`, which the types of the DOM leave out. */
export type Recognition = EventTarget & {
  lang: string
  continuous: boolean
  interimResults: boolean
  start: () => void
  stop: () => void
  abort: () => void
}

export type Dictation = {
  readonly state: DictationState
  subscribe: (listener: () => void) => () => void
  start: (options: { language: string; onHeard: (heard: Heard) => void }) => void
  /** What was said last is still told. */
  stop: () => void
  /** Forgets what was being said, and what went wrong. */
  abort: () => void
}

type ResultEvent = {
  resultIndex: number
  results: ArrayLike<{ isFinal: boolean; 0: { transcript: string } }>
}

const problems: Readonly<Record<string, DictationProblem>> = {
  'not-allowed': 'notAllowed',
  'service-not-allowed': 'notAllowed',
  'audio-capture': 'noMicrophone',
  network: 'unreachable',
  'language-not-supported': 'noLanguage',
}
/** Nobody spoke, or it was called off: no news. */
const quietEnds = new Set(['no-speech', 'aborted'])

export function createDictation(createRecognition: () => Recognition): Dictation {
  const listeners = new Set<() => void>()
  let state: DictationState = { isListening: false }
  let current: Recognition | undefined

  function become(next: DictationState) {
    state = next
    for (const listener of listeners) listener()
  }

  function end(recognition: Recognition, problem?: DictationProblem) {
    if (current !== recognition) return
    current = undefined
    become({ isListening: false, ...(problem && { problem }) })
  }

  return {
    get state() {
      return state
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    start: ({ language, onHeard }) => {
      if (current) return
      const recognition = createRecognition()
      Object.assign(recognition, { lang: language, continuous: true, interimResults: true })
      recognition.addEventListener('result', (event) => {
        if (current === recognition) onHeard(heardIn(event as unknown as ResultEvent))
      })
      recognition.addEventListener('error', (event) => {
        const { error } = event as unknown as { error: string }
        if (!quietEnds.has(error)) end(recognition, problems[error] ?? 'failed')
      })
      recognition.addEventListener('end', () => end(recognition))
      current = recognition
      become({ isListening: true })
      recognition.start()
    },
    stop: () => current?.stop(),
    abort: () => {
      const recognition = current
      current = undefined
      become({ isListening: false })
      recognition?.abort()
    },
  }
}

function heardIn({ resultIndex, results }: ResultEvent): Heard {
  const heard = { settled: '', guessed: '' }
  for (const result of Array.from(results).slice(resultIndex))
    heard[result.isFinal ? 'settled' : 'guessed'] += result[0].transcript
  return heard
}
