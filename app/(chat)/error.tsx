'use client'

/** The same page, inside the shell: the list of chats stays in reach. */
export { default } from '../error'
