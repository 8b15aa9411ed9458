import { fileURLToPath } from 'node:url'

export default {
  poweredByHeader: false,
  // Packages are the product's own, two folders up.
  turbopack: { root: fileURLToPath(new URL('../..', import.meta.url)) },
}
