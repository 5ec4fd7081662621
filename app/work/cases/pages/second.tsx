import { formats } from '#platform/i18n/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, Form, Lead, Notice } from '#ui/index.ts'
import { answerSecond } from '../commands/answerSecond.ts'
import { answerTakeOut } from '../commands/takeOut.ts'
import { openProposals, type OpenProposal } from '../queries/second.ts'
import { openRequests, type RegisterRequest } from '../queries/takeOut.ts'
import { words } from '../words.ts'

const t = words('de')

/** `/{town}/zweite-person`: questions for a second person, each with its reason and nothing else. */
export async function get(visit: Visit): Promise<View> {
  const roles = visit.person?.roles ?? []
  const { rows, requests } = await visit.tx(async (tx) => ({
    rows: await openProposals(tx, roles),
    requests: await openRequests(tx, roles),
  }))
  return {
    layout: 'staff',
    at: addresses.secondPerson(visit.town),
    title: t('second.title'),
    body: (
      <>
        <Lead>{t('second.lead', { count: rows.length + requests.length })}</Lead>
        {rows.map((row) => (
          <Question visit={visit} row={row} />
        ))}
        {requests.map((one) => (
          <Request visit={visit} one={one} />
        ))}
        <p>
          <a href={addresses.secondPersonReports(visit.town)}>{t('second.reports')}</a>
        </p>
      </>
    ),
  }
}

export async function post(visit: Visit): Promise<Response> {
  const { proposal, register, answer } = await visit.form()
  const roles = visit.person?.roles ?? []
  if (answer === 'agree' || answer === 'refuse')
    await visit.tx((tx) =>
      register === undefined
        ? answerSecond(tx, roles, String(proposal), answer === 'agree')
        : answerTakeOut(tx, roles, String(register), answer === 'agree'),
    )
  return redirect(addresses.secondPerson(visit.town))
}

const Question = ({ visit, row }: { visit: Visit; row: OpenProposal }) => (
  <Card
    title={
      row.subject === 'move' ? t('second.question.move', { step: row.question }) : t(`second.question.${row.subject}`)
    }
  >
    <p>{t('second.about', { day: formats('de').day(row.proposedOn) })}</p>
    <p>
      <strong>{t('second.reason')}:</strong> {row.reason}
    </p>
    <Notice kind="info">{t(`second.effect.${row.effect}`)}</Notice>
    <Answer visit={visit} name="proposal" id={row.id} />
  </Card>
)

const Request = ({ visit, one }: { visit: Visit; one: RegisterRequest }) => (
  <Card title={t('second.register')}>
    <p>{t('second.register.about', { name: one.name, at: formats('de').dateTime(one.askedAt) })}</p>
    <p>
      <strong>{t('register.purpose')}</strong> {t(`register.purpose.${one.purpose}`)}
    </p>
    <Answer visit={visit} name="register" id={one.id} />
  </Card>
)

const Answer = ({ visit, name, id }: { visit: Visit; name: 'proposal' | 'register'; id: string }) => (
  <Form action={addresses.secondPerson(visit.town)} token={visit.token}>
    <input type="hidden" name={name} value={id} />
    <Button name="answer" value="agree">
      {t('second.agree')}
    </Button>{' '}
    <Button name="answer" value="refuse" look="secondary">
      {t('second.refuse')}
    </Button>
  </Form>
)
