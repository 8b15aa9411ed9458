/** What Mermaid calls theme variables: colours as `#rrggbb`, the font, its size; some kinds have a group of their own. */
export type DiagramTheme = Readonly<Record<string, string | boolean | Record<string, string>>>
export type DrawingRequest = { readonly source: string; readonly theme: DiagramTheme }
/** A picture of a diagram: the address of an SVG image, and its size in pixels. */
export type Drawing = { readonly url: string; readonly width: number; readonly height: number }
