import { formats } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import type { Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { ButtonLink, Card, Notice } from '#ui/index.ts'
import { calendarOf, current, say, stepOf, word, type Move } from '#work/model/index.ts'
import { handlersIn } from '../../queries/entitled.ts'
import { words as nearWords } from '../../near/words.ts'
import { words } from '../../words.ts'
import type { Shown } from './load.ts'

const t = words('de')
const near = nearWords('de')

interface Deed {
  readonly label: string
  readonly href: string
}

/** The page where a move is made. */
function deedOf(visit: Visit, id: string, move: Move): Deed {
  const href =
    move.kind === 'close'
      ? addresses.casePage(visit.town, id, 'abschluss')
      : `${addresses.casePage(visit.town, id, 'schritt')}?nach=${move.to}`
  return { label: say(move.button, 'de'), href }
}

/** Whether she is shown an extract: then there is nothing here for her to do. */
export const readsOnly = (visit: Visit, { grants }: Shown['told']): boolean => {
  const as = grants.find(({ person }) => person === visit.person?.id)?.as
  return (as === 'extract' || as === 'interpreter') && !visit.may('cases.assign')
}

/** Work on the case that is no move: what is wanted at this step comes first. */
function deeds(visit: Visit, { found, told, moves }: Shown): { ways: Deed[]; work: Deed[] } {
  const page = (step: string, label: string): Deed => ({ label, href: addresses.casePage(visit.town, found.id, step) })
  const at = found.stepKind
  const open = !found.closedOn
  const looking = at === 'follow-up' && told.followUps.some(({ doneOn }) => doneOn === null)
  const handing = at === 'assign' && handlersIn(told.grants).length === 0 && visit.may('cases.assign')
  const own = told.grants.find(({ person }) => person === visit.person?.id)
  if (readsOnly(visit, told)) return { ways: [], work: open ? [page('unparteilichkeit', t('impartial.recuse'))] : [] }
  const chooses = visit.may('cases.choose')
  const choosing = at === 'choose-format' && !told.choice && chooses
  const early = at === 'assess' && !told.assessment
  const mine = own?.as === 'lead' || own?.as === 'with'
  const undeclared = mine && open && !told.impartial.includes(visit.person?.id ?? '')
  const first = [
    ...(undeclared ? [page('unparteilichkeit', t('impartial.link'))] : []),
    ...(open && early && visit.may('cases.assess') ? [page('einschaetzung', t('assess.title'))] : []),
    ...(open && choosing ? [page('verfahren', t('choose.title'))] : []),
    ...(open && handing ? [page('zuweisung', t('assign.title'))] : []),
    ...(at === 'handle' && (visit.may('cases.handle') || visit.may('cases.assess'))
      ? [page('gespraech', t('session.title'))]
      : []),
    ...(looking && visit.may('cases.follow') ? [page('nachhalten', t('follow.title'))] : []),
  ]
  const always = [
    ...(open && (visit.may('cases.handle') || visit.may('cases.assess'))
      ? [page('gespraech', t('session.title'))]
      : []),
    ...(visit.may('cases.handle') || visit.may('cases.assess') ? [page('massnahmen', t('measure.title'))] : []),
    ...(open && !early && visit.may('cases.assess') ? [page('einschaetzung', t('assess.title'))] : []),
    ...(open && !early && ['choose-format', 'assign', 'handle', 'measure'].includes(at) && chooses
      ? [page('verfahren', t('choose.title'))]
      : []),
    ...(told.choice?.said?.release ? [page('freigabe', t('release.link'))] : []),
    ...(at === 'handle' || at === 'measure' || at === 'follow-up' ? [page('vereinbarung', t('agreement.title'))] : []),
    ...(visit.may('cases.handle') || visit.may('cases.assess') ? [page('schreiben', t('letters.title'))] : []),
    ...(open && (visit.may('cases.handle') || visit.may('cases.assess')) ? [page('notiz', t('note.title'))] : []),
    ...(!open && (visit.may('cases.handle') || visit.may('cases.assess'))
      ? [page('rueckblick', t('lookBack.title'))]
      : []),
    ...(visit.may('cases.assess') ? [page('verbunden', near('title'))] : []),
    ...(open && visit.may('cases.assign') ? [page('gast', near('guest.title'))] : []),
    ...(visit.may('cases.assign') ? [page('zuweisung', t('assign.change'))] : []),
    ...(!open && visit.may('cases.evaluate')
      ? [page('auswertung', t('evaluate.title')), page('lehre', t('lesson.title'))]
      : []),
  ]
  const offered = moves.filter(({ kind }) => !(handing && kind === 'handle') && !(choosing && kind === 'assign'))
  if (open && !undeclared && own?.as !== 'holder' && (mine || visit.may('cases.assign')))
    always.push(page('unparteilichkeit', t('impartial.recuse')))
  const ways = [...first, ...offered.map((move) => deedOf(visit, found.id, move))]
  return { ways, work: always.filter(({ href }) => !ways.some((way) => way.href === href)) }
}

/** "bis Mittwoch, in 2 Arbeitstagen" */
function dueIn(visit: Visit, { found, model, inForce }: Shown) {
  if (!found.dueAt) return null
  const { dayWithWeekday, inWorkingDays, relative, day } = formats('de')
  const today = berlinDay(visit.now)
  const due = berlinDay(found.dueAt)
  if (due < today) return <p>{t('case.overdue', { day: day(due) })}</p>
  const role = found.ownerRole && current(inForce, 'role', found.ownerRole)
  let days = 0
  const calendar = calendarOf(model)
  for (let at = visit.now; berlinDay(at) < due && days < 30; days += 1) at = calendar.addWorkingDays(at, 1)
  return (
    <p>
      {t('case.due', {
        weekday: dayWithWeekday(due),
        distance: days < 30 ? inWorkingDays(days) : relative(due, visit.now),
      })}{' '}
      {role && t('case.due.owner', { role: word(inForce, role).one })}
    </p>
  )
}

const Deeds = ({ deeds }: { deeds: readonly Deed[] }) => (
  <ul class="no-print">
    {deeds.map(({ label, href }) => (
      <li>
        <a href={href}>{label}</a>
      </li>
    ))}
  </ul>
)

/** The one thing to do now, made from the model; everything else below it. */
export function NextStep({ visit, shown }: { visit: Visit; shown: Shown }) {
  const { ways, work } = deeds(visit, shown)
  const [first, ...others] = ways
  const { pending } = shown.told
  return (
    <Card title={t('case.next')} next>
      {dueIn(visit, shown)}
      {pending && (
        <Notice kind="waiting">
          {t('case.second-open', {
            question:
              pending.subject === 'move'
                ? say(stepOf(shown.model, pending.step).button, 'de')
                : t(`second.question.${pending.subject}`),
            day: formats('de').day(pending.day),
          })}
        </Notice>
      )}
      {first && (
        <p>
          <ButtonLink href={first.href}>{first.label}</ButtonLink>
        </p>
      )}
      {others.length > 0 && <Deeds deeds={others} />}
      {work.length > 0 && (
        <>
          <p class="quiet no-print">{t('case.work')}</p>
          <Deeds deeds={work} />
        </>
      )}
    </Card>
  )
}
