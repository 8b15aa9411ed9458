import 'server-only'

/** Whether a host name, or an address to listen on, is this machine's for itself alone. */
export function isLoopback(name: string): boolean {
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '[::1]' ||
    name === '::1' ||
    /^127(\.[0-9]{1,3}){3}$/.test(name)
  )
}
