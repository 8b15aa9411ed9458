import * as z from 'zod/mini'
import { endpointNameLengthMax } from './endpoint-defaults'

/** Whether users may bring endpoints along: not at all, on the public internet, or also in private networks. */
const policySchema = z.enum(['off', 'public', 'any'])
export type EndpointPolicy = z.infer<typeof policySchema>

const kindSchema = z.enum(['openai', 'compatible'])

/** An endpoint that its user brought along. Of its key no more is told than the end. */
const ownEndpointSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: kindSchema,
  baseUrl: z.string(),
  key: z.discriminatedUnion('status', [
    z.object({ status: z.literal('none') }),
    /** Its last four characters; none of a short one. */
    z.object({ status: z.literal('stored'), end: z.string() }),
    /** The server's secret is another one by now. */
    z.object({ status: z.literal('unreadable') }),
  ]),
})
export type OwnEndpoint = z.infer<typeof ownEndpointSchema>

/** What `/api/endpoints` answers to everything. */
export const ownEndpointsSchema = z.object({
  policy: policySchema,
  endpoints: z.array(ownEndpointSchema),
})
export type OwnEndpoints = z.infer<typeof ownEndpointsSchema>

const endpointShape = {
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(endpointNameLengthMax)),
  kind: kindSchema,
  baseUrl: z.string().check(z.maxLength(4_096)),
}
/** Something that can stand in a header. */
const apiKeySchema = z.string().check(z.trim(), z.maxLength(1_024), z.regex(/^[!-~]+$/))

/** The body of `POST /api/endpoints`. */
export const newEndpointSchema = z.strictObject({
  ...endpointShape,
  apiKey: z.optional(apiKeySchema),
})
export type NewEndpoint = z.infer<typeof newEndpointSchema>

/** The body of `PATCH /api/endpoints/{endpointId}`. Without `apiKey` the stored one stays; null takes it away. */
export const endpointChangeSchema = z.strictObject({
  ...z.partial(z.object(endpointShape)).shape,
  apiKey: z.optional(z.nullable(apiKeySchema)),
})
export type EndpointChange = z.infer<typeof endpointChangeSchema>

/** Why an endpoint was not saved: `reason` of the problem `endpoint-unusable`. */
export const endpointFaultSchema = z.enum([
  'address-invalid',
  'address-not-allowed',
  'unreachable',
  'silent',
  'redirected',
  'failed',
  'not-a-list',
  'no-list',
  'too-large',
  'no-models',
  'needs-key',
  'key-rejected',
  'key-needed-again',
  'key-unreadable',
  'too-many',
])
export type EndpointFault = z.infer<typeof endpointFaultSchema>
