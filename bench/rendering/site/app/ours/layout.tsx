import './ours.css'
import { NextIntlClientProvider } from 'next-intl'
import type { ReactNode } from 'react'

/** What the product’s layout puts around an answer. */
export default function Layout({ children }: { children: ReactNode }) {
  return <NextIntlClientProvider>{children}</NextIntlClientProvider>
}
