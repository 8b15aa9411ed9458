'use client'

import { Mic, X } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { dictation } from '@/client/speech/browser-speech'
import type { Dictation, Heard } from '@/client/speech/dictation'
import { IconButton } from '@/components/ui/icon-button'
import { withHeard } from '@/shared/speech/dictated'
import { classNames } from '@/shared/ui/class-names'
import { changeComposer, writeOn } from '../composer-field'

/** Writes what is said, where the browser takes dictation. */
export function Dictate() {
  return dictation ? <DictateButton dictation={dictation} /> : null
}

function DictateButton({ dictation: taker }: { dictation: Dictation }) {
  const t = useTranslations('speech')
  const locale = useLocale()
  /** What stands at the end of the composer and may still change. */
  const guess = useRef('')
  const { isListening, problem } = useSyncExternalStore(
    taker.subscribe,
    () => taker.state,
    () => taker.state,
  )
  useEffect(() => () => taker.abort(), [taker])

  function start() {
    guess.current = ''
    taker.start({ language: spokenLanguage(locale), onHeard: write })
  }

  function write({ settled, guessed }: Heard) {
    changeComposer((text) => {
      // What was being said has been sent, or thrown away.
      if (text === '' && guess.current !== '') {
        taker.abort()
        return text
      }
      const next = withHeard(text, { before: guess.current, heard: settled + guessed })
      guess.current = guessed === '' ? '' : next.slice(next.lastIndexOf(guessed))
      return next
    })
  }

  function stop() {
    taker.stop()
    if (window.matchMedia('(pointer: fine)').matches) writeOn()
  }

  return (
    <>
      <IconButton
        label={isListening ? t('stopDictation') : t('dictate')}
        tooltipSide="top"
        aria-pressed={isListening}
        onClick={isListening ? stop : start}
        className={classNames('rounded-full', isListening && 'bg-river-wash text-river')}
      >
        <Mic aria-hidden className={isListening ? 'sign' : undefined} />
      </IconButton>
      <span role="status" className="sr-only">
        {isListening ? t('listening') : ''}
      </span>
      <div
        role="alert"
        className={
          problem
            ? 'appear absolute inset-x-0 bottom-full mb-2 flex items-center justify-between gap-3 rounded-outside border border-danger/25 bg-danger-wash py-1.5 pe-1.5 ps-4 text-sm'
            : 'sr-only'
        }
      >
        {problem ? t(`problem.${problem}`) : ''}
        {problem ? (
          <IconButton label={t('dismiss')} tooltipSide="top" onClick={() => taker.abort()}>
            <X aria-hidden />
          </IconButton>
        ) : null}
      </div>
    </>
  )
}

/** The browser's own variant of the page's language, such as British English. */
function spokenLanguage(locale: string): string {
  const [language = locale] = locale.split('-')
  return navigator.languages.find((own) => own.split('-')[0] === language) ?? locale
}
