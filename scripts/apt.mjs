const apt = 'DEBIAN_FRONTEND=noninteractive apt-get'

/** Whether packages of the system may be installed without asking anybody. */
export const isLinuxRoot = process.platform === 'linux' && process.getuid?.() === 0

/** What installs these packages where {@link isLinuxRoot}. */
export function aptInstall(...packages) {
  return `${apt} update && ${apt} install -y --no-install-recommends ${packages.join(' ')}`
}
