import { createContext } from 'react'

/** What begins the ids of a text: several texts stand on a page, and each may have a first footnote. */
export const IdPrefix = createContext('')

/** The level that the first heading of a text was written with, which is shown as the third. */
export const FirstHeadingLevel = createContext(1)

/** Inside of a link nothing else can be one. */
export const InsideLink = createContext(false)
