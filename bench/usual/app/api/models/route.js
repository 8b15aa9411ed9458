/** Tells the bench that the server is up. */
export function GET() {
  return Response.json({})
}

export const dynamic = 'force-dynamic'
