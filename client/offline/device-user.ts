import { browserKeptValues } from '../browser/kept-values'

const key = 'rivulet.user'

/**
 * Whose answers this device may keep and show: the user, by a name that stands for nothing else, that the server last drew
 * a page for. Known to all tabs at once.
 */
export const deviceUser = {
  get: (): string | null => browserKeptValues.getItem(key),
  set: (user: string): void => browserKeptValues.setItem(key, user),
}
