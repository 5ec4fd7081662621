import type { View, Visit } from '#platform/web/index.ts'
import { personsOf } from '../persons.ts'

const slugs = ['lindenau', 'kreis-auental', 'landeskoordination']

export const everyTown = (): View => ({
  layout: 'plain',
  title: 'Als wer möchten Sie arbeiten?',
  body: (
    <ul>
      {slugs.map((slug) => (
        <li>
          <a href={`/dev/as/${slug}`}>{slug}</a>
        </li>
      ))}
    </ul>
  ),
})

/** A button per person; all of them are invented. */
export const asPage = (visit: Visit): View => ({
  layout: 'plain',
  title: `Als wer möchten Sie in ${visit.town.name} arbeiten?`,
  body: (
    <form method="post" action={`/dev/as/${visit.town.slug}`}>
      <input type="hidden" name="_token" value={visit.token} />
      <ul>
        {personsOf(visit.town.slug).map(({ id, name, about }) => (
          <li>
            <button type="submit" name="person" value={id}>
              {name}
            </button>{' '}
            {about}
          </li>
        ))}
      </ul>
    </form>
  ),
})
