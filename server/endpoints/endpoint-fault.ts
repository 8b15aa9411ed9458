import 'server-only'
import { AppError } from '@/shared/errors/app-error'
import { ownEndpointsMax } from '@/shared/models/endpoint-defaults'
import type { EndpointFault } from '@/shared/models/own-endpoint'

const sentences: Record<EndpointFault, (name: string) => string> = {
  'address-invalid': () =>
    'baseUrl: must be an http or https URL such as https://api.example/v1, without user name, query or fragment.',
  'address-not-allowed': (name) =>
    `The address of ${name} is not one that this server may ask. Private addresses need USER_ENDPOINTS=any; those of metadata services are never asked.`,
  unreachable: (name) => `${name} did not answer. Check that it runs, and its address.`,
  silent: (name) => `${name} took longer than five seconds to answer. Check that it runs.`,
  redirected: (name) => `${name} answered with a redirect. Give the address that it leads to.`,
  failed: (name) => `${name} answered with an error of its own. Try again later.`,
  'not-a-list': (name) =>
    `${name} did not answer with a list of models in JSON. Check the address: it mostly ends in /v1.`,
  'no-list': (name) =>
    `${name} has no list of models at this address. Check it: it mostly ends in /v1.`,
  'too-large': (name) => `The list of models of ${name} is larger than 1 MB.`,
  'no-models': (name) => `${name} lists no model to chat with. Load one there, then try again.`,
  'needs-key': (name) => `${name} asks for a key. Send one as apiKey.`,
  'key-rejected': (name) => `${name} rejected the key. Correct it.`,
  'key-needed-again': () =>
    'apiKey: the address leads to another server, so send its key, or null for none.',
  'key-unreadable': (name) =>
    `The key of ${name} can no longer be read: the secret of this server has changed. Enter it again.`,
  'too-many': () => `There are ${ownEndpointsMax} endpoints, as many as may be. Delete one first.`,
}

export function unusable(reason: EndpointFault, name = ''): AppError {
  return new AppError('endpoint-unusable', sentences[reason](name), { reason })
}
