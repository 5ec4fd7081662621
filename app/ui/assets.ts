// scratch
export const serveAsset = (_: Request) => new Response('', { status: 404 })
