/** As next-themes does it, which takes over from here. */
const setTheme = `try {
  const theme = localStorage.getItem('theme')
  const isSystemDark = matchMedia('(prefers-color-scheme: dark)').matches
  const shown = theme === 'dark' || (theme !== 'light' && isSystemDark) ? 'dark' : 'light'
  document.documentElement.classList.add(shown)
  document.documentElement.style.colorScheme = shown
} catch {}`

/**
 * Sets the theme while there is nothing to draw yet; it belongs into the head. The script of next-themes stands in the
 * body and waits for the style sheets there, so that a frame in the other theme could come before it.
 */
export function ThemeScript({ nonce }: { nonce: string | null }) {
  return (
    <script
      nonce={nonce ?? undefined}
      suppressHydrationWarning
      dangerouslySetInnerHTML={{ __html: setTheme }}
    />
  )
}
