import { type ReactNode, useId } from 'react'

export const fieldShape =
  'block h-9 w-full min-w-0 rounded-inside border border-hairline bg-raised px-3 text-sm text-ink outline-offset-0 pointer-coarse:h-11 pointer-coarse:text-base'

export function Labelled({
  label,
  children,
}: {
  label: string
  children: (id: string) => ReactNode
}) {
  const id = useId()
  return (
    <div className="pt-3.5">
      <label htmlFor={id} className="mb-1.5 block text-sm wrap-anywhere">
        {label}
      </label>
      {children(id)}
    </div>
  )
}
