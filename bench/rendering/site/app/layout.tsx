import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { ReactNode } from 'react'

/** The column of the product’s chat. It scrolls by itself, as the conversation does. */
export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`}>
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
