import { formats } from '#platform/i18n/index.ts'
import type { Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Badge, Card } from '#ui/index.ts'
import { needs, type Need } from '../rules.ts'
import { t } from './frame.tsx'

/** Where each thing is mended. */
function placeOf(visit: Visit, need: Need | 'proxy'): string {
  const about = addresses.settings(visit.town, 'kommune')
  const places: Record<Need | 'proxy', string> = {
    imprint: `${about}#street`,
    privacy: `${about}#privacyOfficer`,
    accessibility: `${about}#accessContact`,
    times: addresses.settings(visit.town, 'zeiten'),
    assessment: '#assessment',
    council: '#council',
    recovery: addresses.settings(visit.town, 'wiederherstellung'),
    substitute: addresses.people(visit.town),
    roles: addresses.people(visit.town),
    probe: '#probe',
    proxy: '#logs',
  }
  return places[need]
}

/** The way to mend it; where it is not for this person to mend, whose it is. */
function Change({ visit, need }: { visit: Visit; need: Need | 'proxy' }) {
  const people = need === 'roles' || need === 'substitute'
  if (people && !visit.may('people.manage')) return <>{t('need.others.people')}</>
  return <a href={placeOf(visit, need)}>{t(people ? 'need.go.people' : 'need.change')}</a>
}

/** Everything that has to be there, what is still missing first in the eye: sign, words, and the way to mend it. */
export function NeedsList({ visit, missing }: { visit: Visit; missing: readonly Need[] }) {
  const { proxy_on: on } = visit.town
  return (
    <Card title={t('public.list')} id="liste">
      <ul class="plain">
        {needs.map((need) => (
          <li>
            {missing.includes(need) ? (
              <>
                <Badge kind="waiting">{t('public.missing')}</Badge> {t(`need.${need}`)}{' '}
                <Change visit={visit} need={need} />
              </>
            ) : (
              <>
                <Badge kind="done">{t('public.done')}</Badge> {t(`need.${need}`)}
              </>
            )}
          </li>
        ))}
        <li>
          <Badge kind={on ? 'done' : 'neutral'}>{t(on ? 'public.done' : 'public.note')}</Badge>{' '}
          {on ? t('need.proxy.done', { day: formats('de').day(on) }) : t('need.proxy')}{' '}
          {!on && <Change visit={visit} need="proxy" />}
        </li>
        {!visit.sendsMail && (
          <li>
            <Badge kind="neutral">{t('public.note')}</Badge> {t('need.mail')}
          </li>
        )}
      </ul>
    </Card>
  )
}
