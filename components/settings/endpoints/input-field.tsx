import { type ComponentProps, useId } from 'react'

type InputFieldProps = Pick<
  ComponentProps<'input'>,
  'type' | 'placeholder' | 'maxLength' | 'required'
> & {
  name: string
  label: string
  hint: string
  value: string
  write: (text: string) => void
  /** What is wrong with it. */
  problem?: string | undefined
}

/** One line of text, with a word about it. */
export function InputField({ label, hint, write, problem, ...input }: InputFieldProps) {
  const id = useId()
  return (
    <div className="mt-3">
      <label htmlFor={id} className="text-sm">
        {label}
      </label>
      <input
        id={id}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-describedby={`${id}-problem ${id}-hint`}
        aria-invalid={problem !== undefined}
        onChange={(event) => write(event.target.value)}
        className="mt-1.5 block h-9 w-full rounded-inside border border-hairline bg-raised px-3 text-sm outline-offset-0 aria-invalid:border-danger pointer-coarse:h-11 pointer-coarse:text-base"
        {...input}
      />
      <div id={`${id}-problem`} role="alert">
        {problem ? <p className="mt-1 text-sm text-danger">{problem}</p> : null}
      </div>
      <p id={`${id}-hint`} className="mt-1 text-xs leading-relaxed text-pretty text-soft">
        {hint}
      </p>
    </div>
  )
}
