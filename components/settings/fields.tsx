import { type ReactNode, useId } from 'react'
import { classNames } from '@/shared/ui/class-names'

type RowProps = { label: string; hint?: string | undefined; id: string; children: ReactNode }

/** One thing to choose: what it is at the left, the choice at the right, or below on a narrow screen. */
function Row({ label, hint, id, children }: RowProps) {
  return (
    <div className="flex flex-col gap-2 border-b border-hairline py-3.5 last:border-b-0 sm:flex-row sm:items-center sm:justify-between sm:gap-6">
      <div className="min-w-0">
        <p id={id} className="text-sm">
          {label}
        </p>
        {hint ? (
          <p id={`${id}-hint`} className="mt-0.5 text-xs leading-relaxed text-pretty text-soft">
            {hint}
          </p>
        ) : null}
      </div>
      {children}
    </div>
  )
}

type ChoiceProps<Value extends string> = {
  label: string
  hint?: string
  value: Value
  choices: readonly { value: Value; label: string; lang?: string }[]
  choose: (value: Value) => void
}

/** A few words of which one is chosen. */
export function Choice<Value extends string>({
  label,
  hint,
  value,
  choices,
  choose,
}: ChoiceProps<Value>) {
  const id = useId()
  return (
    <Row label={label} hint={hint} id={id}>
      <div
        role="radiogroup"
        aria-labelledby={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="flex shrink-0 self-start rounded-inside bg-wash p-0.5 max-sm:w-full sm:self-center"
      >
        {choices.map((choice) => (
          <label
            key={choice.value}
            lang={choice.lang}
            className="relative flex min-h-8 items-center justify-center rounded-[6px] px-3 py-1 text-center text-[0.8125rem] leading-tight text-soft transition-colors hover-able:text-ink has-checked:bg-raised has-checked:text-ink has-checked:shadow-lift max-sm:flex-1 dark:has-checked:bg-edge pointer-coarse:min-h-11"
          >
            <input
              type="radio"
              name={id}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => choose(choice.value)}
              className="absolute inset-0 cursor-pointer appearance-none rounded-[6px]"
            />
            <span className="pointer-events-none">{choice.label}</span>
          </label>
        ))}
      </div>
    </Row>
  )
}

type SwitchProps = { label: string; hint?: string; on: boolean; set: (on: boolean) => void }

export function Switch({ label, hint, on, set }: SwitchProps) {
  const id = useId()
  return (
    <Row label={label} hint={hint} id={id}>
      <input
        type="checkbox"
        role="switch"
        aria-labelledby={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        checked={on}
        aria-checked={on}
        onChange={(event) => set(event.target.checked)}
        className={classNames(
          'relative h-6 w-10 shrink-0 cursor-pointer appearance-none self-start rounded-full bg-edge transition-colors checked:bg-river sm:self-center',
          'before:absolute before:top-0.5 before:inset-s-0.5 before:size-5 before:rounded-full before:bg-raised before:shadow-lift dark:before:bg-ink before:transition-transform checked:before:translate-x-4 rtl:checked:before:-translate-x-4',
          'after:absolute after:-inset-x-1 after:-inset-y-2.5',
        )}
      />
    </Row>
  )
}

type TextFieldProps = {
  label: string
  placeholder: string
  value: string
  lengthMax: number
  counter: string
  write: (text: string) => void
  leave?: () => void
  required?: boolean
}

/** A text of some lines, with how much of the room is used. */
export function TextField({
  label,
  placeholder,
  value,
  lengthMax,
  counter,
  write,
  leave,
  required,
}: TextFieldProps) {
  const id = useId()
  return (
    <div className="py-3.5">
      <label htmlFor={id} className="text-sm">
        {label}
      </label>
      <textarea
        id={id}
        rows={4}
        required={required}
        value={value}
        maxLength={lengthMax}
        placeholder={placeholder}
        aria-describedby={`${id}-counter`}
        onChange={(event) => write(event.target.value)}
        onBlur={leave}
        className="mt-2 block field-sizing-content max-h-64 min-h-26 w-full resize-y rounded-inside border border-hairline bg-raised px-3 py-2 text-sm leading-relaxed outline-offset-0 pointer-coarse:text-base"
      />
      <p id={`${id}-counter`} className="tabular mt-1 text-end text-xs text-faint">
        {counter}
      </p>
    </div>
  )
}
