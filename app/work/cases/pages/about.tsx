import type { Handler, Slice, View, Visit } from '#platform/web/index.ts'
import { Card } from '#ui/index.ts'

/** The page of a case, with what other fields of work know of it below. */
export const withAbout =
  (about: readonly Slice[], page: (visit: Visit) => Promise<View>): Handler =>
  async (visit) => {
    const view = await page(visit)
    const parts = await visit.tx(async (tx) => {
      const found = []
      for (const slice of about) found.push(await slice.aboutCase?.(tx, visit.town.slug, visit.params.case ?? ''))
      return found.filter((part) => part !== undefined)
    })
    return {
      ...view,
      body: (
        <>
          {view.body}
          {parts.map(({ title, lines }) => (
            <Card title={title}>
              <ul>
                {lines.map(({ text, about: more, href }) => (
                  <li>
                    <a href={href}>{text}</a> <span class="quiet">{more}</span>
                  </li>
                ))}
              </ul>
            </Card>
          ))}
        </>
      ),
    }
  }
