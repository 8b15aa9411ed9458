import type { UserSettings } from '@/shared/settings/user-settings'

type Theme = UserSettings['theme']

/** As next-themes does it, which takes over from here and finds what was chosen, on this device or on another. */
const setTheme = (chosen: Theme) => `try {
  const chosen = ${JSON.stringify(chosen)}
  if (chosen) localStorage.setItem('theme', chosen)
  const theme = localStorage.getItem('theme')
  const isSystemDark = matchMedia('(prefers-color-scheme: dark)').matches
  const shown = theme === 'dark' || (theme !== 'light' && isSystemDark) ? 'dark' : 'light'
  document.documentElement.classList.add(shown)
  document.documentElement.style.colorScheme = shown
} catch {}`

type ThemeScriptProps = { nonce: string | null; chosen: Theme }

/**
 * Sets the theme while there is nothing to draw yet; it belongs into the head. The script of next-themes stands in the
 * body and waits for the style sheets there, so that a frame in the other theme could come before it.
 */
export function ThemeScript({ nonce, chosen }: ThemeScriptProps) {
  return (
    <script
      nonce={nonce ?? undefined}
      suppressHydrationWarning
      dangerouslySetInnerHTML={{ __html: setTheme(chosen) }}
    />
  )
}
