/** Joins class names. A primitive's own stand in the `components` layer (app/globals.css), where any utility wins over them. */
export function classNames(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}
