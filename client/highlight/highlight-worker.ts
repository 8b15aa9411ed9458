import { serveHighlighting } from './highlight-service'

serveHighlighting(self)
