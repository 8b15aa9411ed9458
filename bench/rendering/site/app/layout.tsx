import type { ReactNode } from 'react'
import { latinLetters } from '@/app/fonts'

/** The column of the product’s chat. It scrolls by itself, as the conversation does. */
export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={latinLetters.variable}>
      <body style={{ margin: 0 }}>
        <div id="stage" style={{ height: '100vh', overflowY: 'auto' }}>
          <div style={{ maxWidth: '46rem', marginInline: 'auto', padding: '1.5rem' }}>
            {children}
          </div>
        </div>
      </body>
    </html>
  )
}
