'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { onDrawAgain } from '@/client/preferences/draw-again'

/** Draws the page again where something else than React asks for it. */
export function PageDrawer() {
  const router = useRouter()
  useEffect(() => onDrawAgain(() => router.refresh()), [router])
  return null
}
