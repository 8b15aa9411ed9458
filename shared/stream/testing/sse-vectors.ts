export type SseVector = {
  name: string
  text: string
  /** What comes out: `event#id=data`, `:comment`, `retry 1000`. */
  seen: string[]
  lastEventId?: string
}

/** The facts of docs/protocol.md § 7. Written with LF; each is to be run with CR and CRLF too. */
export const sseVectors: SseVector[] = [
  { name: 'reads a plain event', text: 'data: one\n\n', seen: ['message#=one'] },
  {
    name: 'joins data lines by LF',
    text: 'data: a\ndata: b\ndata:\n\n',
    seen: ['message#=a\nb\n'],
  },
  { name: 'removes one leading space', text: 'data:  two\n\n', seen: ['message#= two'] },
  { name: 'keeps a leading tab', text: 'data:\tx\n\n', seen: ['message#=\tx'] },
  { name: 'needs no space', text: 'data:x:y\n\n', seen: ['message#=x:y'] },
  { name: 'takes a field without a colon', text: 'data\n\n', seen: ['message#='] },
  { name: 'strips one byte order mark', text: '\uFEFFdata: x\n\n', seen: ['message#=x'] },
  { name: 'strips only one byte order mark', text: '\uFEFF\uFEFFdata: x\n\n', seen: [] },
  {
    name: 'keeps a byte order mark in data',
    text: 'data: \uFEFFx\n\n',
    seen: ['message#=\uFEFFx'],
  },
  { name: 'reports comments', text: ': ok\n:\ndata: x\n\n', seen: [': ok', ':', 'message#=x'] },
  { name: 'knows field names by case', text: 'Data: x\nID: 1\n\n', seen: [], lastEventId: '' },
  { name: 'ignores unknown fields', text: 'foo: x\n data: y\n\n', seen: [] },
  {
    name: 'keeps the id for later events',
    text: 'id: 7\ndata: a\n\ndata: b\n\n',
    seen: ['message#7=a', 'message#7=b'],
    lastEventId: '7',
  },
  { name: 'counts an id without data', text: 'id: 8\n\n', seen: [], lastEventId: '8' },
  {
    name: 'ignores an id with NUL',
    text: 'id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n',
    seen: ['message#1=a', 'message#1=b'],
    lastEventId: '1',
  },
  {
    name: 'lets an empty id reset',
    text: 'id: 1\ndata: a\n\nid\ndata: b\n\n',
    seen: ['message#1=a', 'message#=b'],
    lastEventId: '',
  },
  {
    name: 'reads retry when it is digits',
    text: 'retry: 1000\nretry: 1e3\nretry: -1\nretry:\nretry: \u0661\n',
    seen: ['retry 1000'],
  },
  {
    name: 'names the event, once',
    text: 'event: e\ndata: a\n\ndata: b\n\n',
    seen: ['e#=a', 'message#=b'],
  },
  {
    name: 'forgets the name of an event without data',
    text: 'event: e\n\ndata: b\n\n',
    seen: ['message#=b'],
  },
  {
    name: 'drops an unclosed event with its id',
    text: 'id: 1\ndata: a\n\nid: 2\ndata: b\n',
    seen: ['message#1=a'],
    lastEventId: '1',
  },
  {
    name: 'drops an unfinished line',
    text: 'id: 1\ndata: a\n\nid: 2\ndata: b',
    seen: ['message#1=a'],
    lastEventId: '1',
  },
  {
    name: 'takes several blank lines',
    text: '\n\ndata: a\n\n\n\ndata: b\n\n',
    seen: ['message#=a', 'message#=b'],
  },
  {
    name: 'keeps multi-byte text',
    text: 'data: é你👩‍💻\u2028\u0085\n\n',
    seen: ['message#=é你👩‍💻\u2028\u0085'],
  },
  {
    name: 'keeps NUL and data: inside data',
    text: 'data: a\0data: b\n\n',
    seen: ['message#=a\0data: b'],
  },
]

export const lineEnds = [
  { name: 'LF', end: '\n' },
  { name: 'CR', end: '\r' },
  { name: 'CRLF', end: '\r\n' },
]
