import type { DiagramTheme } from './drawing'

/** Measured in the frame and drawn in an image: neither has the fonts of the page. */
const fontFamily =
  'system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", sans-serif'

const colours = {
  paper: '--paper',
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
export function readDiagramTheme({ dark }: { dark: boolean }): DiagramTheme {
  const palette = readPalette()
  return {
    darkMode: dark,
    fontFamily,
    fontSize: '14px',
    ...surfaces(palette),
    ...lines(palette),
    ...plans(palette),
    ...series(palette),
    xyChart: chart(palette),
  }
}

function surfaces({ paper, wash, ground, ink, soft, riverWash }: Palette): DiagramTheme {
  return {
    background: ground,
    primaryColor: riverWash,
    primaryTextColor: ink,
    secondaryColor: wash,
    secondaryTextColor: ink,
    tertiaryColor: paper,
    tertiaryTextColor: ink,
    textColor: ink,
    titleColor: ink,
    clusterBkg: paper,
    edgeLabelBackground: ground,
    labelBackgroundColor: ground,
    noteBkgColor: wash,
    noteTextColor: soft,
    labelBoxBkgColor: wash,
    activationBkgColor: wash,
    rowOdd: paper,
    rowEven: wash,
    quadrant1Fill: riverWash,
    quadrant2Fill: wash,
    quadrant3Fill: paper,
    quadrant4Fill: wash,
  }
}

function lines({ river, edge, faint, ground }: Palette): DiagramTheme {
  return {
    primaryBorderColor: river,
    secondaryBorderColor: edge,
    tertiaryBorderColor: edge,
    lineColor: faint,
    clusterBorder: edge,
    noteBorderColor: edge,
    labelBoxBorderColor: edge,
    activationBorderColor: edge,
    pieStrokeColor: ground,
    pieOuterStrokeColor: ground,
  }
}

function plans(palette: Palette): DiagramTheme {
  const { paper, wash, edge, ink, soft, river, riverWash, danger, dangerWash } = palette
  return {
    taskBkgColor: riverWash,
    taskBorderColor: river,
    taskTextColor: ink,
    taskTextLightColor: ink,
    taskTextDarkColor: ink,
    taskTextOutsideColor: soft,
    activeTaskBkgColor: paper,
    activeTaskBorderColor: river,
    doneTaskBkgColor: wash,
    doneTaskBorderColor: edge,
    critBkgColor: dangerWash,
    critBorderColor: danger,
    todayLineColor: danger,
    gridColor: edge,
    sectionBkgColor: paper,
    sectionBkgColor2: paper,
    altSectionBkgColor: wash,
  }
}

/** For slices, branches and sections, which come one after the other. */
function series({ river, amber, faint, danger, soft, paper, wash, riverWash, ink }: Palette) {
  const inks = [river, amber, faint, danger, soft]
  const washes = [riverWash, wash]
  const numbered: DiagramTheme = Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [
      [`pie${index + 1}`, inks[index % inks.length] ?? river],
      [`git${index}`, inks[index % inks.length] ?? river],
      [`gitBranchLabel${index}`, paper],
      [`cScale${index}`, washes[index % washes.length] ?? wash],
      [`cScaleLabel${index}`, ink],
    ]).flat(),
  )
  return {
    ...numbered,
    pieOpacity: '1',
    pieSectionTextColor: paper,
  } satisfies DiagramTheme
}

/** Mermaid asks for every colour of a chart, or takes its own for all of them. */
function chart({ ground, ink, soft, edge, river, amber, faint, danger }: Palette) {
  const axis = (name: 'x' | 'y') => ({
    [`${name}AxisTitleColor`]: ink,
    [`${name}AxisLabelColor`]: soft,
    [`${name}AxisTickColor`]: edge,
    [`${name}AxisLineColor`]: edge,
  })
  return {
    backgroundColor: ground,
    titleColor: ink,
    dataLabelColor: ink,
    plotColorPalette: [river, amber, faint, danger, soft].join(','),
    ...axis('x'),
    ...axis('y'),
  }
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
