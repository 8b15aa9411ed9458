'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useId, useState } from 'react'
import {
  outputTokensMax,
  type ParameterName,
  type Parameters,
  type ParametersChange,
  type ReasoningEffort,
  reasoningEfforts,
  temperatureMax,
} from '@/shared/models/parameters'

type ParameterFieldsProps = {
  parameters: Parameters
  taken: readonly ParameterName[]
  efforts: readonly ReasoningEffort[]
  change: (change: ParametersChange) => void
  /** The same for what is being typed. */
  type: (change: ParametersChange) => void
  leave?: () => void
}

type NumberName = Exclude<ParameterName, 'reasoningEffort'>

const ranges: Record<NumberName, { min: number; max: number; step: number }> = {
  temperature: { min: 0, max: temperatureMax, step: 0.1 },
  topP: { min: 0, max: 1, step: 0.05 },
  maxOutputTokens: { min: 1, max: outputTokensMax, step: 1 },
}

/** The parameters that a model takes. An empty field leaves it to the model. */
export function ParameterFields(props: ParameterFieldsProps) {
  const { taken } = props
  return taken.map((name) =>
    name === 'reasoningEffort' ? (
      <EffortField key={name} {...props} />
    ) : (
      <NumberField key={name} name={name} {...props} />
    ),
  )
}

function EffortField({ parameters, efforts, change }: ParameterFieldsProps) {
  const t = useTranslations('parameters')
  const { reasoningEffort } = parameters
  return (
    <Field label={t('reasoningEffort')} hint={t('reasoningEffortHint')}>
      {(described) => (
        <select
          {...described}
          value={reasoningEffort ?? ''}
          onChange={({ currentTarget: { value } }) =>
            change({ reasoningEffort: reasoningEfforts.find((effort) => effort === value) ?? null })
          }
          className={fieldShape}
        >
          <option value="">{t('default')}</option>
          {efforts.map((effort) => (
            <option key={effort} value={effort}>
              {t(`effort.${effort}`)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

function NumberField({
  name,
  parameters,
  type,
  leave,
}: ParameterFieldsProps & { name: NumberName }) {
  const t = useTranslations('parameters')
  const { min, max, step } = ranges[name]
  const value = parameters[name]
  // What is typed stands as it is, `0.` too, until the field is left.
  const [typed, setTyped] = useState<string>()
  const text = typed ?? (value === null ? '' : String(value))
  const isWrong = typed !== undefined && numberIn(typed, ranges[name]) === undefined

  function write(next: string) {
    setTyped(next)
    const read = numberIn(next, ranges[name])
    if (read !== undefined) type({ [name]: read })
  }

  return (
    <Field
      label={t(name)}
      hint={t(`${name}Hint`)}
      problem={isWrong ? t('range', { min, max }) : undefined}
    >
      {(described) => (
        <input
          {...described}
          type="number"
          inputMode={step < 1 ? 'decimal' : 'numeric'}
          min={min}
          max={max}
          step={step}
          value={text}
          placeholder={t('default')}
          aria-invalid={isWrong}
          onChange={(event) => write(event.currentTarget.value)}
          onBlur={() => {
            setTyped(undefined)
            leave?.()
          }}
          className={`tabular ${fieldShape}`}
        />
      )}
    </Field>
  )
}

/** Null for an empty field, nothing for what is no such number. */
function numberIn(
  text: string,
  { min, max, step }: { min: number; max: number; step: number },
): number | null | undefined {
  if (text.trim() === '') return null
  const number = Number(text)
  const isWhole = step < 1 || Number.isInteger(number)
  return number >= min && number <= max && isWhole ? number : undefined
}

const fieldShape =
  'h-8 w-28 shrink-0 rounded-inside border border-hairline bg-raised px-2 text-sm text-ink aria-invalid:border-danger pointer-coarse:h-11 pointer-coarse:text-base'

type FieldProps = {
  label: string
  hint: string
  problem?: string | undefined
  children: (described: { id: string; 'aria-describedby': string }) => ReactNode
}

function Field({ label, hint, problem, children }: FieldProps) {
  const id = useId()
  return (
    <div className="flex items-start justify-between gap-4 border-b border-hairline py-3 last-of-type:border-b-0">
      <div className="min-w-0">
        <label htmlFor={id} className="text-sm">
          {label}
        </label>
        <p id={`${id}-hint`} className="mt-0.5 text-xs leading-relaxed text-pretty text-soft">
          {hint}
        </p>
        <p role="alert" className="text-xs text-danger">
          {problem}
        </p>
      </div>
      {children({ id, 'aria-describedby': `${id}-hint` })}
    </div>
  )
}
