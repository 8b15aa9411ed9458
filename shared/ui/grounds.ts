/** What `--paper` of app/tokens.css is, for where the system paints around the page. */
export const grounds = { light: '#fbf9f5', dark: '#141a1f' } as const
