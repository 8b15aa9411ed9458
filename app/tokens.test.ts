import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

type Colour = { lightness: number; chroma: number; hue: number }
type Theme = Map<string, Colour>

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const themes = { light: themeIn(':root'), dark: themeIn('.dark') }

const grounds = ['paper', 'sunk', 'raised', 'bubble', 'wash']
const codeTokens = [...themes.light.keys()].filter((name) => /^code-(?!ground)/.test(name))

describe.each(Object.entries(themes))('the %s theme', (_name, theme) => {
  test.each(['paper', 'raised', 'bubble'])('sets body text on %s at 7 to 1', (ground) => {
    expect(contrast(theme, 'ink', ground)).toBeGreaterThanOrEqual(7)
  })

  test.each(
    grounds.flatMap((ground) => ['soft', 'faint', 'river', 'danger'].map((text) => [text, ground])),
  )('sets %s on %s at 4.5 to 1', (text, ground) => {
    expect(contrast(theme, text, ground)).toBeGreaterThanOrEqual(4.5)
  })

  test.each([
    ['on-river', 'river'],
    ['river', 'river-wash'],
    ['danger', 'danger-wash'],
    ['ink', 'danger-wash'],
    ['amber', 'paper'],
    ['amber', 'raised'],
  ])('sets %s on %s at 4.5 to 1', (text, ground) => {
    expect(contrast(theme, text, ground)).toBeGreaterThanOrEqual(4.5)
  })

  test.each(codeTokens)('sets %s on its ground at 4.5 to 1', (text) => {
    expect(contrast(theme, text, 'code-ground')).toBeGreaterThanOrEqual(4.5)
  })

  test('keeps every colour within sRGB', () => {
    for (const colour of theme.values()) {
      for (const channel of linearRgb(colour)) {
        expect(channel).toBeGreaterThan(-0.002)
        expect(channel).toBeLessThan(1.002)
      }
    }
  })
})

test('both themes name the same colours', () => {
  expect([...themes.dark.keys()]).toEqual([...themes.light.keys()])
})

function themeIn(selector: string): Theme {
  const block = css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? ''
  const declarations = block.matchAll(/--([a-z-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);/g)
  return new Map(
    [...declarations].map(([, name = '', lightness, chroma, hue]) => [
      name,
      { lightness: Number(lightness), chroma: Number(chroma), hue: Number(hue) },
    ]),
  )
}

function contrast(theme: Theme, text: string, ground: string): number {
  const [one, other] = [luminance(theme, text), luminance(theme, ground)]
  const [brighter, darker] = [Math.max(one, other), Math.min(one, other)]
  return (brighter + 0.05) / (darker + 0.05)
}

function luminance(theme: Theme, name: string): number {
  const colour = theme.get(name)
  if (!colour) throw new Error(`There is no colour called ${name}.`)
  const [red, green, blue] = linearRgb(colour)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** OKLCH to linear sRGB, by the matrices of CSS Color 4. */
function linearRgb({ lightness, chroma, hue }: Colour): [number, number, number] {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ]
}
