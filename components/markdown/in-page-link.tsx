'use client'

import type { ComponentProps, MouseEvent } from 'react'
import { headingSlug } from './heading-slug'

type InPageLinkProps = ComponentProps<'a'> & { target: string }

/**
 * Leads to a place in the same text, and takes the focus there. The address of the page stays as it is: it names the
 * chat, and “back” leaves that.
 */
export function InPageLink({ target, children, ...props }: InPageLinkProps) {
  return (
    <a href={`#${target}`} onClick={(event) => follow(event, target)} {...props}>
      {children}
    </a>
  )
}

function follow(event: MouseEvent<HTMLAnchorElement>, target: string): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  const text = event.currentTarget.closest('.prose')
  const place = text && (byId(text, target) ?? headingNamed(text, target))
  if (place) goTo(place)
}

function byId(text: Element, id: string): HTMLElement | undefined {
  const element = document.getElementById(id)
  return element && text.contains(element) ? element : undefined
}

function headingNamed(text: Element, target: string): HTMLElement | undefined {
  const headings = text.querySelectorAll<HTMLElement>('h3, h4, h5, h6')
  return [...headings].find((heading) => headingSlug(heading.textContent) === target.toLowerCase())
}

function goTo(place: HTMLElement): void {
  if (place.tabIndex < 0) place.tabIndex = -1
  place.focus({ preventScroll: true })
  place.scrollIntoView({ block: 'center' })
}
