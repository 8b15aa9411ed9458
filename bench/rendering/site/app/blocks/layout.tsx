import 'katex/dist/katex.min.css'
import 'tailwindcss/index.css'
import type { ReactNode } from 'react'

export default function Layout({ children }: { children: ReactNode }) {
  return children
}
