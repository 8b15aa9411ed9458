// The page in which diagrams are drawn: sandboxed, without an origin, behind a policy that lets it load this library only.
import mermaid from './mermaid.esm.min.mjs'

const sourceLengthMax = 20_000
const edgesMax = 400

/** What a diagram may not set about itself: what keeps it harmless, and what makes it look like the page around it. */
const secure = [
  'secure',
  'securityLevel',
  'startOnLoad',
  'suppressErrorRendering',
  'maxTextSize',
  'maxEdges',
  'htmlLabels',
  'dompurifyConfig',
  'fontFamily',
  'altFontFamily',
  'theme',
  'themeCSS',
  'themeVariables',
  'darkMode',
]

/** In a mind map the library places some labels by their middle, and forgets to say so where they are no HTML. */
const themeCSS = '.mindmap-node > .label[transform^="translate(0,"] text { text-anchor: middle; }'

addEventListener('message', ({ source, data }) => {
  if (source === parent) void answer(data)
})
parent.postMessage({ type: 'ready' }, '*')

async function answer({ id, source, theme }) {
  try {
    parent.postMessage({ type: 'drawing', id, ...(await draw({ id, source, theme })) }, '*')
  } catch {
    parent.postMessage({ type: 'failure', id }, '*')
  }
}

async function draw({ id, source, theme }) {
  mermaid.initialize({
    securityLevel: 'strict',
    secure,
    startOnLoad: false,
    suppressErrorRendering: true,
    maxTextSize: sourceLengthMax,
    maxEdges: edgesMax,
    htmlLabels: false,
    flowchart: { htmlLabels: false },
    gantt: { axisFormat: '%m-%d' },
    theme: 'base',
    themeVariables: theme,
    themeCSS,
    fontFamily: theme.fontFamily,
  })
  const { svg } = await mermaid.render(`diagram-${id}`, source)
  return asImage(svg)
}

/** Well-formed XML with a size of its own, which an image needs and markup inside a page does not. */
function asImage(markup) {
  const svg = new DOMParser().parseFromString(markup, 'text/html').querySelector('svg')
  const { width, height } = svg.viewBox.baseVal
  svg.setAttribute('width', width)
  svg.setAttribute('height', height)
  svg.style.removeProperty('max-width')
  return { svg: new XMLSerializer().serializeToString(svg), width, height }
}
