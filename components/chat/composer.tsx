'use client'

import { ArrowUp, Square } from 'lucide-react'
import { useTranslations } from 'next-intl'
import {
  type KeyboardEvent,
  type ReactNode,
  Suspense,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react'
import { useSendKey } from '@/client/preferences/use-send-key'
import { clearDraft, readDraft, writeDraft } from '@/client/drafts/draft-store'
import { IconButton } from '@/components/ui/icon-button'
import { lazyPart } from '@/components/ui/lazy-part'
import type { Preset } from '@/shared/presets/preset'
import { classNames } from '@/shared/ui/class-names'
import { sendsMessage } from './sends-message'

const SlashMenu = lazyPart(() => import('./slash/slash-menu'))

export type SendOutcome = { status: 'sent' } | { status: 'refused'; reason: string }

type ComposerProps = {
  /** Names the draft that is kept. */
  draftKey: string
  lengthMax: number
  /** Whether an answer is being written: it can be stopped then, and what is sent waits for its end. */
  busy: boolean
  online: boolean
  send: (text: string) => Promise<SendOutcome>
  stop: () => void
  /** What stands at the right below the text, before what sends. */
  tools: ReactNode
  /** In a chat that can still begin with a preset. */
  begin: ((preset: Preset) => void) | undefined
  /** What stands at the left below the text: the choice of a model. */
  children: ReactNode
}

/** The box to write in. The text stays in the page’s own textarea; React knows only whether it is empty or too long. */
export function Composer({
  draftKey,
  lengthMax,
  busy,
  online,
  send,
  stop,
  tools,
  begin,
  children,
}: ComposerProps) {
  const t = useTranslations('composer')
  const field = useRef<HTMLTextAreaElement>(null)
  const { empty, over, slashed, measure } = useMeasure(lengthMax)
  const [notice, setNotice] = useState<string>()
  const sendKey = useSendKey()

  const keptAs = useRef(draftKey)

  /** What is written already goes along where the box is to be another chat’s. */
  const restoreDraft = useEffectEvent((key: string) => {
    const element = field.current
    if (!element) return
    if (element.value && key !== keptAs.current) {
      clearDraft(keptAs.current)
      writeDraft(key, element.value)
    }
    keptAs.current = key
    setText(element, element.value || readDraft(key))
    if (window.matchMedia('(pointer: fine)').matches) element.focus({ preventScroll: true })
  })
  useEffect(() => restoreDraft(draftKey), [draftKey])

  function onInput() {
    const element = field.current
    if (!element) return
    fitHeight(element)
    measure(element.value)
    writeDraft(draftKey, element.value)
    setNotice(undefined)
  }

  async function submit() {
    const element = field.current
    if (!element || empty || over > 0) return
    const text = element.value
    setText(element, '')
    setNotice(undefined)
    const outcome = await send(text)
    if (outcome.status === 'sent') {
      clearDraft(draftKey)
      return
    }
    setText(element, element.value === '' ? text : `${text}\n\n${element.value}`)
    writeDraft(draftKey, element.value)
    setNotice(outcome.reason)
    element.focus()
  }

  function setText(element: HTMLTextAreaElement, text: string) {
    element.value = text
    fitHeight(element)
    measure(text)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (!sendsMessage(event, sendKey)) return
    event.preventDefault()
    void submit()
  }

  return (
    // No form: sent before the scripts have come, it would load the page anew and lose the text.
    <div className="relative rounded-[1.125rem] border border-hairline bg-raised shadow-lift transition-colors focus-within:border-edge">
      {slashed ? (
        <Suspense>
          <SlashMenu field={field} begin={begin} />
        </Suspense>
      ) : null}
      <textarea
        ref={field}
        id="composer"
        rows={1}
        aria-label={t('label')}
        aria-describedby="composer-hint composer-notice"
        aria-invalid={over > 0}
        placeholder={t('placeholder')}
        enterKeyHint={sendKey === 'enter' ? 'send' : 'enter'}
        autoComplete="off"
        onInput={onInput}
        onKeyDown={onKeyDown}
        className="block field-sizing-content max-h-[40dvh] min-h-13 w-full resize-none overflow-y-auto bg-transparent px-4 pt-3.5 pb-1.5 text-base sm:px-6 leading-[1.6] outline-none"
      />
      <p id="composer-hint" className="sr-only">
        {sendKey === 'enter' ? t('hint') : t('hintModifier')}
      </p>
      <Notice
        over={over}
        lengthMax={lengthMax}
        text={notice ?? (online ? undefined : t('offline'))}
        alarming={notice !== undefined}
      />
      <div className="flex items-center justify-between gap-2 p-2 pt-0.5 sm:ps-4">
        {children}
        <div className="flex gap-2">
          {tools}
          {busy ? (
            <IconButton
              label={t('stop')}
              tooltipSide="top"
              onClick={stop}
              className="rounded-full bg-ink text-paper hover-able:bg-ink hover-able:text-paper hover-able:opacity-85"
            >
              <Square aria-hidden fill="currentColor" className="size-3!" />
            </IconButton>
          ) : null}
          {busy && empty ? null : (
            <IconButton
              label={busy ? t('queue') : t('send')}
              tooltipSide="top"
              aria-disabled={empty || over > 0}
              onClick={() => void submit()}
              className={classNames(
                'rounded-full',
                empty || over > 0
                  ? 'bg-wash text-faint hover-able:text-faint'
                  : 'bg-river text-on-river hover-able:bg-river hover-able:text-on-river hover-able:opacity-90',
              )}
            >
              <ArrowUp aria-hidden strokeWidth={2.25} />
            </IconButton>
          )}
        </div>
      </div>
    </div>
  )
}

type NoticeProps = { over: number; lengthMax: number; text: string | undefined; alarming: boolean }

function Notice({ over, lengthMax, text, alarming }: NoticeProps) {
  const t = useTranslations('composer')
  const shown = over > 0 ? t('tooLong', { over, max: lengthMax }) : text
  return (
    <p
      id="composer-notice"
      role="alert"
      className={classNames(
        'tabular px-4 text-sm sm:px-6',
        shown ? 'pt-1 pb-1.5' : 'sr-only',
        over > 0 || alarming ? 'text-danger' : 'text-soft',
      )}
    >
      {shown}
    </p>
  )
}

function useMeasure(lengthMax: number) {
  const [empty, setEmpty] = useState(true)
  const [over, setOver] = useState(0)
  const [slashed, setSlashed] = useState(false)
  return { empty, over, slashed, measure }

  function measure(text: string) {
    setEmpty(!/\S/.test(text))
    setOver(Math.max(0, text.length - lengthMax))
    // The last is what the key writes with a Chinese keyboard.
    setSlashed(/^[/／、]/.test(text))
  }
}

/** For browsers in which a textarea does not grow by itself. */
function fitHeight(element: HTMLTextAreaElement): void {
  if (CSS.supports('field-sizing', 'content')) return
  element.style.height = 'auto'
  element.style.height = `${element.scrollHeight}px`
}
