'use client'

import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import type { SearchWish } from '@/client/search/search-api'

const names = ['q', 'from', 'to', 'role', 'model', 'folder'] as const

/** The search that the address names. What is typed goes into it at once; an address that comes from elsewhere wins. */
export function useWishInAddress(): [SearchWish, (wish: SearchWish) => void] {
  const address = useSearchParams().toString()
  const [known, setKnown] = useState(address)
  const [wish, setWish] = useState(() => wishOf(address))
  const [written] = useState(() => new Set<string>())
  if (address !== known) {
    setKnown(address)
    if (!written.has(address)) setWish(wishOf(address))
  }

  function change(next: SearchWish) {
    const query = addressOf(next)
    written.add(new URLSearchParams(query).toString())
    window.history.replaceState(null, '', query ? `/search?${query}` : '/search')
    setWish(next)
  }

  return [wish, change]
}

function wishOf(address: string): SearchWish {
  const query = new URLSearchParams(address)
  const given = names.flatMap((name) => {
    const value = query.get(name)
    return value ? [[name, value]] : []
  })
  return { q: '', ...Object.fromEntries(given) }
}

function addressOf(wish: SearchWish): string {
  const query = new URLSearchParams()
  for (const name of names) {
    const value = wish[name]
    if (value) query.set(name, value)
  }
  return query.toString()
}
