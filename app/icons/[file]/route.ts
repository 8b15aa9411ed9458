import { listIcons, readIcon } from '@/server/offline/icons'

/** The icons of an installed app, made into static files by the build. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ file: string }> },
): Promise<Response> {
  const { file } = await params
  return new Response(await readIcon(file), { headers: { 'content-type': 'image/png' } })
}

export async function generateStaticParams(): Promise<{ file: string }[]> {
  return (await listIcons()).map((file) => ({ file }))
}

export const dynamic = 'force-static'
export const dynamicParams = false
