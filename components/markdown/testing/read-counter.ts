export type ReadCounter = {
  /** The same value for the same node, which notes that it is read. */
  watch: <Node extends object>(node: Node) => Node
  /** What nodes were read since the last time: `type@key`, each once. */
  take: () => string[]
}

/**
 * Tells which nodes of a tree are rendered: a view that renders reads its node, and one that React passes over does not.
 * Comparing nodes and taking their key for React’s own is not reading.
 */
export function createReadCounter(): ReadCounter {
  const proxies = new WeakMap<object, object>()
  const read = new Set<string>()

  function watch<Node extends object>(node: Node): Node {
    const known = proxies.get(node)
    // Proof: what the map holds for a node is the proxy of that node.
    if (known) return known as Node
    const proxy = new Proxy<Node>(node, { get })
    proxies.set(node, proxy)
    return proxy
  }

  function get(node: object, property: string | symbol): unknown {
    const value: unknown = Reflect.get(node, property)
    if (property !== 'key' && 'key' in node) read.add(nameOf(node, node.key))
    return typeof value === 'object' && value !== null ? watch(value) : value
  }

  return {
    watch,
    take() {
      const names = [...read]
      read.clear()
      return names
    },
  }
}

function nameOf(node: object, key: unknown): string {
  const kind = 'type' in node ? node.type : Object.keys(node).find((name) => name !== 'key')
  return `${String(kind)}@${String(key)}`
}
