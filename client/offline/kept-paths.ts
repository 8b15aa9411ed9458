/** What is kept besides chats. */
export const sidebarPath = '/api/sidebar'
export const modelsPath = '/api/models'
export const settingsPath = '/api/settings'
