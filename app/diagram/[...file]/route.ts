import { listDiagramFiles, readDiagramFile } from '@/server/diagram/diagram-files'

/**
 * The scripts of the page that draws diagrams, made into static files by the build. A page without an origin may load
 * modules only from where everybody may.
 */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ file: string[] }> },
): Promise<Response> {
  const { file } = await params
  const script = await readDiagramFile(file.join('/'))
  if (script === undefined) return new Response(null, { status: 404 })
  return new Response(script, {
    headers: {
      'access-control-allow-origin': '*',
      'content-type': 'text/javascript; charset=utf-8',
    },
  })
}

export async function generateStaticParams(): Promise<{ file: string[] }[]> {
  return (await listDiagramFiles()).map((path) => ({ file: path.split('/') }))
}

export const dynamic = 'force-static'
export const dynamicParams = false
