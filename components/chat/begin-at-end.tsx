// React escapes what a script may contain but for this: neither quotes nor angle brackets nor ampersands.

const mark = 'document.documentElement.dataset'
/** Should the page break off before the end, what has come of it is shown. */
const hide = `${mark}.opening = 1; addEventListener(\`DOMContentLoaded\`, function () { delete ${mark}.opening })`
const goToEnd = `delete ${mark}.opening; document.getElementById(\`conversation\`).scrollTop = 1e9`

const endId = 'end-of-conversation'

type ScriptProps = { nonce: string | null }

/**
 * Before a conversation: what the browser paints while the page is still coming would be its beginning. A browser that
 * knows how waits with the first paint (HTML, “Link type expect”), which then lays the page out once; in any other the
 * conversation alone is hidden.
 */
export function HideUntilEnd({ nonce }: ScriptProps) {
  return (
    <>
      <link rel="expect" href={`#${endId}`} blocking="render" />
      <Script nonce={nonce} text={hide} />
    </>
  )
}

/** After a conversation: scrolls to its end before that is painted, long before the page’s scripts could. */
export function BeginAtEnd({ nonce }: ScriptProps) {
  return <Script id={endId} nonce={nonce} text={goToEnd} />
}

function Script({ id, nonce, text }: ScriptProps & { id?: string; text: string }) {
  return (
    <script id={id} nonce={nonce ?? undefined} suppressHydrationWarning>
      {text}
    </script>
  )
}
