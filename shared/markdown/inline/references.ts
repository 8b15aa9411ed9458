/** What the labels of a text stand for. Asking has no effect, so that a text may be read again and again. */
export type References = {
  /** Gets a normalised label. */
  link(label: string): LinkTarget | undefined
  /** Gets a normalised label. */
  footnote(label: string): FootnoteTarget | undefined
}

export type LinkTarget = { readonly url: string; readonly title: string | undefined }
export type FootnoteTarget = { readonly number: number; readonly occurrence: number }

/** Labels that differ in case or white space only are the same one. */
export function normalizeLabel(label: string): string {
  // Both ways, since some letters (ẞ, İ) have no single counterpart: this is the case folding of Unicode.
  return label.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase()
}

/** Tells the label of a footnote apart from the same label of a link. */
export function footnoteKey(label: string): string {
  return `^${label}`
}
