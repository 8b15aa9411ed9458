import 'katex/dist/katex.min.css'
import 'streamdown/styles.css'
import './streamdown.css'
import type { ReactNode } from 'react'

export default function Layout({ children }: { children: ReactNode }) {
  return children
}
