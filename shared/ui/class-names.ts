import { clsx, type ClassValue } from 'clsx'
import { extendTailwindMerge } from 'tailwind-merge'

/** Knows the names of our own theme beside those of Tailwind. */
const merge = extendTailwindMerge({
  extend: { theme: { radius: ['inside', 'outside'], shadow: ['float', 'lift'] } },
})

/** Joins class names; of two utilities that set the same property, the later one stays. */
export function classNames(...values: ClassValue[]): string {
  return merge(clsx(values))
}
