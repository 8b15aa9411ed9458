import { isValidElement, type ReactNode } from 'react'

/** The characters that React children show. */
export function plainText(children: ReactNode): string {
  if (typeof children === 'string' || typeof children === 'number') return String(children)
  if (Array.isArray(children)) return children.map(plainText).join('')
  if (isValidElement<{ children?: ReactNode }>(children)) return plainText(children.props.children)
  return ''
}
