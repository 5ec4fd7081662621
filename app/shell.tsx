// scratch
import type { Trouble, View, Visit } from '#platform/web/index.ts'
export const renderView = async (view: View, visit: Visit): Promise<Response> =>
  new Response(
    '<!doctype html>' +
      String(
        await (
          <html lang={visit.language}>
            <head>
              <title>{view.title}</title>
            </head>
            <body>
              <h1>{view.title}</h1>
              {view.body}
            </body>
          </html>
        ),
      ),
    { status: view.status ?? 200, headers: { 'content-type': 'text/html; charset=utf-8' } },
  )
const status = {
  'not-found': 404,
  'not-allowed': 403,
  'sign-in': 401,
  'outdated-form': 409,
  'too-large': 413,
  fault: 500,
  'database-gone': 503,
  'not-set-up': 503,
}
export const renderTrouble = (t: Trouble) => new Response(`${t.kind} ${t.number ?? ''}`, { status: status[t.kind] })
