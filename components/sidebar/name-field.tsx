'use client'

import { type KeyboardEvent, useRef } from 'react'

type NameFieldProps = {
  label: string
  name: string
  lengthMax: number
  placeholder?: string
  /** With nothing when it was given up. */
  done: (name: string | undefined) => void
}

/** A name to be typed where it will stand. Enter and leaving keep it, Escape does not. */
export function NameField({ label, name, lengthMax, placeholder, done }: NameFieldProps) {
  const settled = useRef(false)

  function settle(text: string | undefined) {
    if (settled.current) return
    settled.current = true
    done(text?.trim() || undefined)
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    event.stopPropagation()
    if (event.key === 'Escape') {
      event.preventDefault()
      settle(undefined)
    }
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) settle(event.currentTarget.value)
  }

  return (
    <input
      ref={(input) => {
        input?.focus()
        input?.select()
      }}
      aria-label={label}
      defaultValue={name}
      maxLength={lengthMax}
      placeholder={placeholder}
      onKeyDown={onKeyDown}
      onBlur={(event) => settle(event.currentTarget.value)}
      className="h-9 w-full rounded-inside border border-edge bg-raised px-[7px] text-sm -outline-offset-1 pointer-coarse:h-11 pointer-coarse:text-base"
    />
  )
}
