/** As much of a document as React and the views need to render into it, without events and layout. */
export class FakeDocument {
  readonly nodeType = 9
  readonly defaultView = {
    // Parts that are loaded meanwhile listen to the page they find.
    addEventListener: () => undefined,
    document: this,
    HTMLIFrameElement: Array,
    event: undefined,
    clearTimeout,
  }
  readonly activeElement = null
  readonly documentElement = { dataset: {} }
  /** How many elements and texts were made so far. */
  nodesMade = 0

  createElement(name: string): FakeElement {
    this.nodesMade += 1
    return new FakeElement(this, name)
  }

  createElementNS(_namespace: string, name: string): FakeElement {
    return this.createElement(name)
  }

  createTextNode(text: string): FakeText {
    this.nodesMade += 1
    return new FakeText(this, text)
  }

  addEventListener(): void {}

  removeEventListener(): void {}
}

/** Sees nothing. */
export class FakeIntersectionObserver {
  observe(): void {}

  unobserve(): void {}
}

type FakeNode = FakeElement | FakeText

export class FakeText {
  readonly nodeType = 3
  readonly ownerDocument: FakeDocument
  nodeValue: string
  parentNode: FakeElement | null = null

  constructor(ownerDocument: FakeDocument, nodeValue: string) {
    this.ownerDocument = ownerDocument
    this.nodeValue = nodeValue
  }

  get textContent(): string {
    return this.nodeValue
  }
}

export class FakeElement {
  readonly nodeType = 1
  readonly ownerDocument: FakeDocument
  readonly nodeName: string
  readonly namespaceURI = 'http://www.w3.org/1999/xhtml'
  readonly style = { setProperty: () => {} }
  readonly childNodes: FakeNode[] = []
  readonly attributes = new Map<string, string>()
  parentNode: FakeElement | null = null

  constructor(ownerDocument: FakeDocument, nodeName: string) {
    this.ownerDocument = ownerDocument
    this.nodeName = nodeName
  }

  get tagName(): string {
    return this.nodeName
  }

  get textContent(): string {
    return this.childNodes.map((child) => child.textContent).join('')
  }

  set textContent(text: string) {
    this.childNodes.length = 0
    if (text) this.appendChild(this.ownerDocument.createTextNode(text))
  }

  appendChild(child: FakeNode): void {
    this.insertBefore(child, null)
  }

  insertBefore(child: FakeNode, before: FakeNode | null): void {
    child.parentNode?.removeChild(child)
    child.parentNode = this
    const index = before ? this.childNodes.indexOf(before) : this.childNodes.length
    this.childNodes.splice(index, 0, child)
  }

  removeChild(child: FakeNode): void {
    this.childNodes.splice(this.childNodes.indexOf(child), 1)
    child.parentNode = null
  }

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value)
  }

  removeAttribute(name: string): void {
    this.attributes.delete(name)
  }

  addEventListener(): void {}
}
