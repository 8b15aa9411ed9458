/** Chats that one request may change. */
export const batchMax = 500
/** Folders that a user may have. */
export const foldersMax = 100
/** Characters of a folder's name. */
export const folderNameLengthMax = 60
