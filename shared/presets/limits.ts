/** Presets that a user may have, and saved prompts as many. */
export const libraryMax = 100
/** Characters of the name of a preset or a prompt. */
export const libraryNameLengthMax = 60
/** Characters of a preset's instructions. */
export const presetInstructionsLengthMax = 8_000
/** First messages that a preset suggests. */
export const suggestionsMax = 4
/** Characters of one of them. */
export const suggestionLengthMax = 300
/** Characters of a saved prompt. */
export const promptLengthMax = 8_000
