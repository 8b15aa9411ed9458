import 'server-only'
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Keeps keys as text that says nothing without the secret. */
export type KeyBox = {
  /** `place` says where the text lies; anywhere else it does not open. */
  seal(key: string, place: string): string
  /** The key, and whether it should be sealed anew, with the secret of today. Nothing when no secret opens it. */
  open(sealed: string, place: string): { key: string; isOutdated: boolean } | undefined
}

const version = 'v1'
const cipher = 'aes-256-gcm'
const ivBytes = 12
const tagBytes = 16

/**
 * AES-256-GCM under a key that HKDF-SHA-256 derives from a secret: the first of them seals, every one of them opens. The
 * text is `v1.` and the base64url of IV, tag and ciphertext.
 *
 * @param secrets asked for when the first key is sealed or opened
 */
export function createKeyBox(secrets: () => readonly string[]): KeyBox {
  let derived: Buffer[] | undefined
  const cipherKeys = () => (derived ??= secrets().map(derive))

  return {
    seal(key, place) {
      const [current = Buffer.alloc(0)] = cipherKeys()
      const iv = randomBytes(ivBytes)
      const sealing = createCipheriv(cipher, current, iv).setAAD(Buffer.from(place))
      const text = Buffer.concat([sealing.update(key, 'utf8'), sealing.final()])
      return `${version}.${Buffer.concat([iv, sealing.getAuthTag(), text]).toString('base64url')}`
    },

    open(sealed, place) {
      const [found, text] = sealed.split('.')
      if (found !== version || !text) return undefined
      const bytes = Buffer.from(text, 'base64url')
      for (const [index, cipherKey] of cipherKeys().entries()) {
        const key = tryOpen({ bytes, cipherKey, place })
        if (key !== undefined) return { key, isOutdated: index > 0 }
      }
      return undefined
    },
  }
}

function derive(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'rivulet: keys of user endpoints', 32))
}

function tryOpen({
  bytes,
  cipherKey,
  place,
}: {
  bytes: Buffer
  cipherKey: Buffer
  place: string
}): string | undefined {
  const [tagAt, textAt] = [ivBytes, ivBytes + tagBytes]
  if (bytes.length < textAt) return undefined
  try {
    const opening = createDecipheriv(cipher, cipherKey, bytes.subarray(0, tagAt), {
      authTagLength: tagBytes,
    })
      .setAAD(Buffer.from(place))
      .setAuthTag(bytes.subarray(tagAt, textAt))
    return Buffer.concat([opening.update(bytes.subarray(textAt)), opening.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
