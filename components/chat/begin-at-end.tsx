/** React escapes what a script may contain but for this: neither quotes nor angle brackets nor ampersands. */
const goToEnd = 'document.getElementById(`conversation`).scrollTop = 1e9'

/** Scrolls the conversation to its end before the first frame is painted, long before the page’s scripts could. */
export function BeginAtEnd({ nonce }: { nonce: string | null }) {
  return (
    <script nonce={nonce ?? undefined} suppressHydrationWarning>
      {goToEnd}
    </script>
  )
}
