import { clsx, type ClassValue } from 'clsx'

/** Joins class names. A primitive's own stand in the `components` layer (app/globals.css), where any utility wins over them. */
export function classNames(...values: ClassValue[]): string {
  return clsx(values)
}
