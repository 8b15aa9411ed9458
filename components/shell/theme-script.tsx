import type { UserSettings } from '@/shared/settings/user-settings'

type Theme = UserSettings['theme']

/** As next-themes does it, which takes over from here and finds what was chosen, on this device or on another. */
const setTheme = (chosen: Theme) => `const root = document.documentElement
try {
  const chosen = ${JSON.stringify(chosen)}
  if (chosen) localStorage.setItem('theme', chosen)
  const theme = localStorage.getItem('theme')
  const isSystemDark = matchMedia('(prefers-color-scheme: dark)').matches
  const shown = theme === 'dark' || (theme !== 'light' && isSystemDark) ? 'dark' : 'light'
  root.classList.add(shown)
  root.style.colorScheme = shown
} catch {}
`

/**
 * A theme comes at once, whoever changes it: buttons would fade into it behind everything else. What next-themes has for
 * that puts a style sheet into the page and takes it out again, also when a page opens: all of it would be styled
 * twice and laid out once more.
 */
const holdStill = `const isDark = () => root.classList.contains('dark')
let wasDark = isDark()
new MutationObserver(() => {
  if (wasDark === isDark()) return
  wasDark = isDark()
  root.dataset.still = ''
  requestAnimationFrame(() => requestAnimationFrame(() => delete root.dataset.still))
}).observe(root, { attributeFilter: ['class'] })`

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
      dangerouslySetInnerHTML={{ __html: `{${setTheme(chosen)}${holdStill}}` }}
    />
  )
}
