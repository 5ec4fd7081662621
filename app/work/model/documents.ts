/** Documents that come with the program; each is loaded only when asked for. */
const shipped = {
  grundstruktur: () => import('./documents/grundstruktur.json', { with: { type: 'json' } }),
  'klein-anfangen': () => import('./documents/klein-anfangen.json', { with: { type: 'json' } }),
}

/** The base structure, or the ready-made small model a municipality may begin with. Still to be compiled. */
export async function shippedDocument(id: keyof typeof shipped): Promise<unknown> {
  return (await shipped[id]()).default
}
