/** Where OpenAI is, for an endpoint that names no other place. */
export const openAiUrl = 'https://api.openai.com/v1'

/** Characters of the name that a user gives an endpoint. */
export const endpointNameLengthMax = 64

/** Endpoints of one user. */
export const ownEndpointsMax = 20

/** What an address looks like. */
export const exampleUrl = 'https://api.example.com/v1'
