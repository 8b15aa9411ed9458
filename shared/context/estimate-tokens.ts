/** Of Latin text; code and other alphabets have fewer. */
const charactersPerToken = 3.5
/** From here on a character is about a token: Chinese, Japanese, Korean and what stands beside them. */
const firstWide = 0x2e80

/** About how many tokens a text is, where nobody has counted: rather too many than too few. */
export function estimateTokens(text: string): number {
  let wide = 0
  for (let index = 0; index < text.length; index += 1)
    if (text.charCodeAt(index) >= firstWide) wide += 1
  return Math.ceil(wide + (text.length - wide) / charactersPerToken)
}
