import 'server-only'
import { APICallError } from '@ai-sdk/provider'
import { demoLongTextEn } from './demo-long-text-en'
import { demoLongTextZh } from './demo-long-text-zh'
import { demoTextsEn } from './demo-texts-en'
import { demoTextsZh } from './demo-texts-zh'

export type DemoStep =
  | { type: 'text' | 'reasoning'; text: string }
  | { type: 'pause'; ms: number }
  | { type: 'error'; error: Error }

export type DemoTexts = {
  overview: string
  unknown: string
  markdown: string
  code: string
  table: string
  math: string
  reasoning: { thoughts: string; answer: string }
  failure: { before: string; message: string; after: string }
  slow: string
}

type Topic =
  | 'overview'
  | 'unknown'
  | 'markdown'
  | 'code'
  | 'table'
  | 'math'
  | 'long'
  | 'reasoning'
  | 'failure'
  | 'slow'

const firstTokenMs = 350
const slowMs = 6_000

/** In this order: a prompt that names several gets the first. */
const keywords: [Topic, RegExp][] = [
  ['markdown', /\bmarkdown\b|格式|排版/i],
  ['failure', /\berrors?\b|\bfail(s|ure|ing)?\b|错误|出错|失败|报错/i],
  ['slow', /\bslow(ly)?\b|慢/i],
  ['reasoning', /\breason(s|ing)?\b|\bthink(s|ing)?\b|推理|思考|想一想/i],
  ['long', /\blong(er)?\b|\bessay\b|长文|长篇|长回答|长一点/i],
  ['table', /\btables?\b|表格|列表/i],
  ['math', /\bmath(s|ematics)?\b|\bformulas?\b|\bequations?\b|数学|公式|方程/i],
  ['code', /\bcode\b|\bfunctions?\b|\bprogram\b|\btypescript\b|\bpython\b|代码|函数|程序|编程/i],
  [
    'overview',
    /^\W*(hi|hello|hey|help)\b|what can you|who are you|\bdemo\b|你好|您好|能做什么|会什么|你是谁|帮助|演示/i,
  ],
]

/** The scripted answer to a text, in its language: Chinese where it has Chinese characters, English otherwise. */
export function demoScript(userText: string): DemoStep[] {
  const isChinese = /\p{Script=Han}/u.test(userText)
  const texts = isChinese ? demoTextsZh : demoTextsEn
  const topic = keywords.find(([, pattern]) => pattern.test(userText))?.[0] ?? 'unknown'
  switch (topic) {
    case 'long':
      return answer(isChinese ? demoLongTextZh : demoLongTextEn)
    case 'reasoning':
      return [
        { type: 'pause', ms: firstTokenMs },
        { type: 'reasoning', text: texts.reasoning.thoughts },
        { type: 'text', text: texts.reasoning.answer },
      ]
    case 'failure':
      return [
        ...answer(texts.failure.before),
        { type: 'error', error: scriptedFailure(texts.failure.message) },
        { type: 'text', text: texts.failure.after },
      ]
    case 'slow':
      return [
        { type: 'pause', ms: slowMs },
        { type: 'text', text: texts.slow },
      ]
    default:
      return answer(texts[topic])
  }
}

function answer(text: string): DemoStep[] {
  return [
    { type: 'pause', ms: firstTokenMs },
    { type: 'text', text },
  ]
}

/** As a provider's answer with status 500 looks to the code that handles it. */
function scriptedFailure(message: string): APICallError {
  return new APICallError({ message, url: 'demo:', requestBodyValues: {}, statusCode: 500 })
}
