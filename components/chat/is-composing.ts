import type { KeyboardEvent } from 'react'

/** Safari reports the Enter that ends a composition as a key of its own, told apart only by its code. */
export function isComposing({ nativeEvent, keyCode }: KeyboardEvent): boolean {
  return nativeEvent.isComposing || keyCode === 229
}
