import { createDictation, type Dictation, type Recognition } from './dictation'
import { createReadAloud, type ReadAloud } from './read-aloud'

type RecognitionClass = new () => Recognition

/** Nothing where the browser has no voice. */
export const readAloud: ReadAloud | undefined =
  'speechSynthesis' in window
    ? createReadAloud(window.speechSynthesis, (text) => new SpeechSynthesisUtterance(text))
    : undefined

/** Nothing where the browser takes no dictation. */
export const dictation: Dictation | undefined = openDictation()

function openDictation(): Dictation | undefined {
  const { SpeechRecognition, webkitSpeechRecognition } = window as {
    SpeechRecognition?: RecognitionClass
    webkitSpeechRecognition?: RecognitionClass
  }
  const BrowserRecognition = SpeechRecognition ?? webkitSpeechRecognition
  return BrowserRecognition && createDictation(() => new BrowserRecognition())
}
