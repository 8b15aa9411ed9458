import type { DiagramTheme } from './drawing'

/** Measured in the frame and drawn in an image: neither has the fonts of the page. */
const fontFamily =
  'system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", sans-serif'

const colours = {
  paper: '--paper',
  sunk: '--sunk',
  wash: '--wash',
  ground: '--code-ground',
  edge: '--edge',
  ink: '--ink',
  soft: '--soft',
  faint: '--faint',
  river: '--river',
  riverWash: '--river-wash',
  amber: '--amber',
  danger: '--danger',
  dangerWash: '--danger-wash',
} as const

type Palette = Record<keyof typeof colours, string>

/** The colours that the page has now, in Mermaid’s words. */
export function readDiagramTheme(): DiagramTheme {
  return diagramTheme(readPalette())
}

function diagramTheme(palette: Palette): DiagramTheme {
  const { paper, wash, ground, edge, ink, soft, faint, river, riverWash, danger, dangerWash } =
    palette
  return {
    fontFamily,
    fontSize: '14px',
    background: ground,
    primaryColor: riverWash,
    primaryTextColor: ink,
    primaryBorderColor: river,
    secondaryColor: wash,
    secondaryTextColor: ink,
    secondaryBorderColor: edge,
    tertiaryColor: paper,
    tertiaryTextColor: ink,
    tertiaryBorderColor: edge,
    lineColor: faint,
    textColor: ink,
    titleColor: ink,
    clusterBkg: paper,
    clusterBorder: edge,
    edgeLabelBackground: ground,
    noteBkgColor: wash,
    noteTextColor: soft,
    noteBorderColor: edge,
    labelBoxBkgColor: wash,
    labelBoxBorderColor: edge,
    activationBkgColor: wash,
    activationBorderColor: edge,
    critBkgColor: dangerWash,
    critBorderColor: danger,
    errorTextColor: danger,
    ...series(palette),
  }
}

/** For slices, branches and sections, which come one after the other. */
function series({ river, amber, faint, danger, edge, paper, riverWash }: Palette): DiagramTheme {
  const inks = [river, amber, faint, danger, edge]
  return Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => inks[index % inks.length] ?? river).flatMap(
      (colour, index) => [
        [`pie${index + 1}`, colour],
        [`git${index}`, colour],
        [`cScale${index}`, index % 2 === 0 ? riverWash : paper],
      ],
    ),
  )
}

/** As `#rrggbb`, which is all that Mermaid can compute with; the browser converts. */
function readPalette(): Palette {
  const probe = document.createElement('span')
  probe.hidden = true
  document.body.append(probe)
  const palette = mapValues(colours, (token) => {
    probe.style.color = `color-mix(in srgb, var(${token}), var(${token}))`
    return hexOf(getComputedStyle(probe).color)
  })
  probe.remove()
  return palette
}

/** Of `color(srgb r g b)`, from 0 to 1 each. */
export function hexOf(colour: string): string {
  const channels = (colour.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).slice(0, 3).map(Number)
  return `#${channels.map(hexByte).join('')}`
}

function hexByte(channel: number): string {
  return Math.round(Math.min(1, Math.max(0, channel)) * 255)
    .toString(16)
    .padStart(2, '0')
}

function mapValues<Key extends string, From, To>(
  record: Readonly<Record<Key, From>>,
  map: (value: From) => To,
): Record<Key, To> {
  // Its keys are those of the record.
  return Object.fromEntries(
    Object.entries<From>(record).map(([key, value]) => [key, map(value)]),
  ) as Record<Key, To>
}
