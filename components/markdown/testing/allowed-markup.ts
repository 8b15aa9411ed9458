/** What a text may become, and nothing else: each element with its attributes. */
const allowed: Record<string, readonly string[]> = {
  a: ['href', 'target', 'rel', 'title', 'id'],
  blockquote: [],
  br: [],
  button: ['type', 'disabled'],
  circle: ['cx', 'cy', 'r'],
  code: [],
  del: [],
  div: ['tabindex'],
  em: [],
  h3: [],
  h4: [],
  h5: [],
  h6: [],
  hr: [],
  img: ['src', 'alt'],
  li: ['id', 'value', 'tabindex'],
  line: ['x1', 'x2', 'y1', 'y2'],
  ol: ['start'],
  p: [],
  path: ['d'],
  pre: ['tabindex'],
  rect: ['width', 'height', 'x', 'y', 'rx', 'ry'],
  section: [],
  span: [],
  strong: [],
  sup: [],
  svg: ['xmlns', 'width', 'height', 'viewbox', 'fill', 'stroke', 'focusable'],
  table: [],
  tbody: [],
  td: ['colspan'],
  th: ['scope'],
  thead: [],
  tr: [],
  ul: [],
}
const everywhere = /^(class|role|lang|dir|aria-[a-z]+|data-[a-z-]+|stroke-[a-z]+)$/
const dataImage = /^data:image\/(png|jpeg|gif|webp|avif);base64,/
const measure = /^(min-height:[\d.]+em|--lines:\d+;--columns:\d+)$/
const reference = /^(https?:|mailto:|#)/

/** What in this markup is not allowed. Every `<` in it begins a tag, for React writes all others as references. */
export function forbiddenMarkup(markup: string): string[] {
  return markup.split('<').slice(1).flatMap(forbiddenInTag)
}

function forbiddenInTag(tag: string): string[] {
  const parts = /^\/?([a-z0-9]+)((?:\s[a-zA-Z0-9:-]+(?:="[^"]*")?)*)\s?\/?>/.exec(tag)
  const [, name = '', attributes = ''] = parts ?? []
  const own = allowed[name]
  if (!own) return [`<${tag.slice(0, 80)}`]
  return [...attributes.matchAll(/\s([a-zA-Z0-9:-]+)(?:="([^"]*)")?/g)]
    .filter(([, attribute = '', value = '']) => !isAllowed(own, attribute.toLowerCase(), value))
    .map(([attribute]) => `<${name}${attribute}`)
}

function isAllowed(own: readonly string[], attribute: string, value: string): boolean {
  if (attribute === 'src') return own.includes('src') && dataImage.test(value)
  if (attribute === 'href') return own.includes('href') && reference.test(value)
  if (attribute === 'style') return measure.test(value)
  return own.includes(attribute) || everywhere.test(attribute)
}
