const blockNames =
  'address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|' +
  'fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|' +
  'menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|' +
  'track|ul'

const attribute =
  '[ \\t]+[a-zA-Z_:][a-zA-Z0-9_.:-]*(?:[ \\t]*=[ \\t]*(?:[^\\s"\'=<>`]+|\'[^\']*\'|"[^"]*"))?'

const wholeTag = new RegExp(
  `^(?:<[a-zA-Z][a-zA-Z0-9-]*(?:${attribute})*[ \\t]*/?>|</[a-zA-Z][a-zA-Z0-9-]*[ \\t]*>)[ \\t]*$`,
)

/** CommonMark’s kinds 1 to 5, which end at a line that contains something. */
const kinds: readonly { readonly start: RegExp; readonly end: RegExp | undefined }[] = [
  {
    start: /^<(?:script|pre|textarea|style)(?:[ \t>]|$)/i,
    end: /<\/(?:script|pre|textarea|style)>/i,
  },
  { start: /^<!--/, end: /-->/ },
  { start: /^<\?/, end: /\?>/ },
  { start: /^<![a-zA-Z]/, end: />/ },
  { start: /^<!\[CDATA\[/, end: /\]\]>/ },
  { start: new RegExp(`^</?(?:${blockNames})(?:[ \\t]|/?>|$)`, 'i'), end: undefined },
]

export type HtmlStart = { readonly end: RegExp | undefined }

/** Which raw HTML begins here. A tag that is none of a block’s needs its line for itself and no paragraph before it. */
export function readHtmlStart(rest: string, inParagraph: boolean): HtmlStart | undefined {
  if (!rest.startsWith('<')) return undefined
  const kind = kinds.find(({ start }) => start.test(rest))
  if (kind) return kind
  return !inParagraph && wholeTag.test(rest) ? { end: undefined } : undefined
}
