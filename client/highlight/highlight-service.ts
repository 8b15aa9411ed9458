import type { StateStack } from '@shikijs/core/textmate'
import { grammars } from './grammars'
import {
  packTokens,
  type HighlightReply,
  type HighlightRequest,
  type TokenizeRequest,
} from './highlight-protocol'
import type { LanguageId } from './languages'
import { createTokenizer, initialState } from './tokenizer'

/** The worker's side of the channel to the page. */
export type HighlightPort = {
  addEventListener(type: 'message', listener: (event: MessageEvent<HighlightRequest>) => void): void
  postMessage(reply: HighlightReply, options: { transfer: Transferable[] }): void
}

/** Answers a page's requests. For each document it keeps the grammar's state before each line, until told to forget it. */
export function serveHighlighting(port: HighlightPort): void {
  const tokenizer = createTokenizer()
  const documents = new Map<number, StateStack[]>()

  async function load(language: LanguageId) {
    try {
      tokenizer.register((await grammars[language]()).default)
      port.postMessage({ type: 'loaded', language }, { transfer: [] })
    } catch {
      port.postMessage({ type: 'load-failed', language }, { transfer: [] })
    }
  }

  function tokenize(request: TokenizeRequest) {
    try {
      const tokens = packTokens(tokenizeLines(request))
      port.postMessage({ type: 'tokenized', tokens }, { transfer: [tokens.buffer] })
    } catch {
      port.postMessage({ type: 'tokenize-failed' }, { transfer: [] })
    }
  }

  function tokenizeLines({ document, language, from, lines }: TokenizeRequest) {
    const states = documents.get(document) ?? [initialState]
    let state = states[from]
    if (!state) throw new Error(`Line ${from} of document ${document} does not follow a known one.`)
    documents.set(document, states)
    states.length = from + 1
    const tokens = []
    for (const line of lines) {
      const tokenized = tokenizer.tokenize(language, line, state)
      state = tokenized.state
      states.push(state)
      tokens.push(tokenized.tokens)
    }
    return tokens
  }

  port.addEventListener('message', ({ data: request }) => {
    if (request.type === 'load') void load(request.language)
    else if (request.type === 'forget') documents.delete(request.document)
    else tokenize(request)
  })
}
