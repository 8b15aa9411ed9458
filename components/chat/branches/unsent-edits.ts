/** What was changed in messages and not sent yet, by their ids: it outlives the boxes that it is written in. */
export const unsentEdits = new Map<string, string>()
