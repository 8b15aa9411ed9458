import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { requireBrowser } from './require-browser.mjs'
import { runScript } from './startup-error.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const ground = '#116a70'
const sign = '#f4f1ea'

/** `scale`: of the sign, so that a mask may take a fifth of the picture at its edges. */
const icons = [
  { path: 'app/icons/192.png', sizePx: 192, ground, sign, radius: 9, scale: 1 },
  { path: 'app/icons/512.png', sizePx: 512, ground, sign, radius: 9, scale: 1 },
  { path: 'app/icons/maskable-512.png', sizePx: 512, ground, sign, radius: 0, scale: 0.78 },
  { path: 'app/apple-icon.png', sizePx: 180, ground, sign, radius: 0, scale: 0.9 },
  // Of a notification, in the bar of a phone: its shape alone counts.
  {
    path: 'app/icons/badge-96.png',
    sizePx: 96,
    ground: 'none',
    sign: '#fff',
    radius: 0,
    scale: 1.2,
  },
]

/** Draws the icons of an installed app after app/icon.svg, which browsers take as it is. */
await runScript(async () => {
  const browser = await chromium.launch({
    executablePath: await requireBrowser({ root }),
    args: ['--no-sandbox'],
  })
  try {
    const page = await browser.newPage()
    for (const icon of icons) {
      await page.setViewportSize({ width: icon.sizePx, height: icon.sizePx })
      await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svgOf(icon)}`)
      await page.screenshot({ path: `${root}${icon.path}`, omitBackground: true })
    }
  } finally {
    await browser.close()
  }
})

function svgOf({ sizePx, ground: fill, sign: stroke, radius, scale }) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${sizePx}" height="${sizePx}" viewBox="0 0 32 32">
  <rect width="32" height="32" rx="${radius}" fill="${fill}" />
  <g fill="none" stroke="${stroke}" stroke-width="2.8" stroke-linecap="round" transform="translate(16 16) scale(${scale}) translate(-16 -16)">
    <path d="M9 6.5c0 9.5 11 9 11 19" />
    <path d="M23.5 7.5c0 4-1.2 6.6-4.3 8.9" />
  </g>
</svg>`
}
