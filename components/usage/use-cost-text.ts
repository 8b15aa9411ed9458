'use client'

import { useFormatter, useTranslations } from 'next-intl'

/** A cost in dollars, as exactly as its size asks for. One that is not known is never shown as nothing. */
export function useCostText(): (cost: number | null) => string {
  const t = useTranslations('usage')
  const format = useFormatter()
  return (cost) => {
    if (cost === null) return t('priceUnknown')
    const maximumFractionDigits = cost > 0 && cost < 1 ? 4 : 2
    return format.number(cost, { style: 'currency', currency: 'USD', maximumFractionDigits })
  }
}
