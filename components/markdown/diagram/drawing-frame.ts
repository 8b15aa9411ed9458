import { type FrameMessage, readFrameMessage } from './frame-messages'
import type { DrawingRequest } from './drawing'

/** A page of its own in which diagrams are drawn. */
export type DrawingFrame = {
  post(request: DrawingRequest & { id: number }): void
  /** Whatever it was doing, it is gone. */
  close(): void
}
export type OpenDrawingFrame = (onMessage: (message: FrameMessage) => void) => DrawingFrame

/** Without `allow-same-origin`: the page in it has no origin, no cookies, no storage and no way to this one. */
export const openDrawingFrame: OpenDrawingFrame = (onMessage) => {
  const frame = hiddenFrame()

  function listen(event: MessageEvent<unknown>) {
    if (event.source !== frame.contentWindow) return
    const message = readFrameMessage(event.data)
    if (message) onMessage(message)
  }

  addEventListener('message', listen)
  document.body.append(frame)
  return {
    // The frame has no origin that could be named.
    post: (request) => frame.contentWindow?.postMessage(request, '*'),
    close() {
      removeEventListener('message', listen)
      frame.remove()
    },
  }
}

/** Out of sight, but laid out: text is measured in it. */
function hiddenFrame(): HTMLIFrameElement {
  const frame = document.createElement('iframe')
  frame.sandbox.add('allow-scripts')
  frame.src = '/diagram/frame'
  frame.title = 'Diagrams'
  frame.ariaHidden = 'true'
  frame.inert = true
  frame.tabIndex = -1
  frame.className = 'diagram-frame'
  return frame
}
