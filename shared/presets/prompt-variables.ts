/** Long enough for a few words; what is longer is text. */
const variable = /\{\{[ \t]*([^{}\n]{0,39}[^{}\s])[ \t]*\}\}/g

/** The names between `{{` and `}}`, each once, in the order in which they come first. */
export function variablesOf(text: string): string[] {
  return [...new Set([...text.matchAll(variable)].map(([, name = '']) => name))]
}

/** The text with what was written for each name; a name that nothing was written for stays as it is. */
export function filledWith(text: string, values: ReadonlyMap<string, string>): string {
  return text.replaceAll(variable, (place, name: string) => values.get(name) || place)
}
