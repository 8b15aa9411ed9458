'use client'

import { useEffect, useState } from 'react'

/** Whole seconds since a moment of the server’s clock, counted while shown. Starts at none, as the server drew it. */
export function useElapsedSeconds(startMs: number | undefined): number {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const seen = Date.now()
    const start = startMs === undefined || Math.abs(seen - startMs) > 600_000 ? seen : startMs
    const count = () => setSeconds(Math.max(0, Math.floor((Date.now() - start) / 1_000)))
    count()
    const timer = setInterval(count, 1_000)
    return () => clearInterval(timer)
  }, [startMs])
  return seconds
}

/** Counts down whole seconds from when it is first shown. */
export function useCountdown(fromSeconds: number): number {
  const [left, setLeft] = useState(fromSeconds)
  useEffect(() => {
    const end = Date.now() + fromSeconds * 1_000
    const timer = setInterval(() => {
      const remaining = Math.max(0, Math.ceil((end - Date.now()) / 1_000))
      setLeft(remaining)
      if (remaining === 0) clearInterval(timer)
    }, 1_000)
    return () => clearInterval(timer)
  }, [fromSeconds])
  return left
}
