import { isId } from './is-id'

/** Where a browser keeps them, so that the server draws what was open. */
export const openFoldersCookie = 'open-folders'

/** Folders that are shown open at once; the one opened longest ago is closed for another. */
const openFoldersMax = 12

/** Ids are kept in a cookie, and named in a query, with dots between. What is none is left out. */
export function openFolderIdsOf(text: string | undefined): string[] {
  return (text ?? '').split('.').filter(isId).slice(-openFoldersMax)
}

export function openFoldersText(ids: readonly string[]): string {
  return ids.slice(-openFoldersMax).join('.')
}
