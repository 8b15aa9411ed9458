import { readLicences } from '@/server/licences/read-licences'

/** The packages that this is made of and their licences, made into a file by the build. */
export async function GET(): Promise<Response> {
  return new Response(await readLicences(), {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  })
}

export const dynamic = 'force-static'
