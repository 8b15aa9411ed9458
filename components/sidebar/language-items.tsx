'use client'

import { MenuContent, MenuRadioGroup, MenuRadioItem } from '@/components/ui/menu'
import { type Locale, localeNames, locales } from '@/shared/i18n/locales'

type LanguageItemsProps = { locale: Locale; choose: (locale: string) => void }

export default function LanguageItems({ locale, choose }: LanguageItemsProps) {
  return (
    <MenuContent align="end" side="top">
      <MenuRadioGroup value={locale} onValueChange={choose}>
        {locales.map((each) => (
          <MenuRadioItem key={each} value={each} lang={each}>
            {localeNames[each]}
          </MenuRadioItem>
        ))}
      </MenuRadioGroup>
    </MenuContent>
  )
}
