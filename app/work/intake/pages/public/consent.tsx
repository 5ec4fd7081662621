import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { emptyForm } from '#platform/forms/index.ts'
import { Button, Card, Form, MoreDetails } from '#ui/index.ts'
import { say } from '#work/model/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { recallInMailbox } from '../../commands/recall.ts'
import { answerConsent } from '../../commands/refer.ts'
import { publicWords } from '../../words.ts'
import { LetterText } from '../staff/parts/letter.tsx'
import { asPublic } from './begun.ts'
import { enter, enteredCode, type OpenBox } from './box.ts'
import { codeView } from './parts/codeForm.tsx'

/** `/{town}/rueckmeldung/zustimmung`: yes or no to handing the report over; a yes can be taken back, also afterwards. */
export async function post(visit: Visit): Promise<Response | View> {
  const { answer, referral } = await visit.form()
  const code = enteredCode(visit)
  if (!code) return codeView(visit, emptyForm())
  enter(visit, code)
  if (answer === 'yes' || answer === 'no') await asPublic(visit, (tx) => answerConsent(tx, code, answer === 'yes'))
  if (answer === 'recall') await asPublic(visit, (tx) => recallInMailbox(tx, code, String(referral ?? '')))
  return redirect(addresses.mailbox(visit.town))
}

type Given = OpenBox['box']['given'][number]
interface Props {
  readonly visit: Visit
  readonly open: OpenBox
}

/** What the other office is called, in the language of whoever reads. */
function nameOf({ visit, open: { model } }: Props, { office, letter }: Pick<Given, 'office' | 'letter'>): string {
  const known = model.model.offices.find(({ id }) => id === office)
  return known ? say(known.name, visit.language) : letter.to
}

/** What was given on her word, and the question that stands open: with exactly what goes where. */
export const Consent = ({ visit, open }: Props) => (
  <>
    <Question visit={visit} open={open} />
    {open.box.given.map((given) => (
      <GivenAway visit={visit} open={open} given={given} />
    ))}
  </>
)

const Shown = ({ visit, letter }: { visit: Visit; letter: Given['letter'] }) => (
  <MoreDetails title={publicWords(visit.language)('consent.shown')}>
    <div lang="de" dir="ltr">
      <LetterText letter={letter} />
    </div>
  </MoreDetails>
)

function Question({ visit, open }: Props) {
  const t = publicWords(visit.language)
  const { referral } = open.box
  if (referral?.basis !== 'consent') return null
  const asked = referral.state === 'asked'
  return (
    <Card title={t('consent.title')} next={asked}>
      <p>{t(asked ? 'consent.question' : 'consent.given', { office: nameOf({ visit, open }, referral) })}</p>
      <Shown visit={visit} letter={referral.letter} />
      {asked && <p>{t('consent.free')}</p>}
      <Form action={addresses.mailbox(visit.town, 'zustimmung')} token={visit.token}>
        <div class="deeds">
          {asked && (
            <Button name="answer" value="yes">
              {t('consent.yes')}
            </Button>
          )}
          <Button name="answer" value="no" look="secondary">
            {t(asked ? 'consent.no' : 'consent.withdraw')}
          </Button>
        </div>
      </Form>
    </Card>
  )
}

/** It is with the other office: what taking the yes back still does, and what it cannot do. */
function GivenAway({ visit, open, given }: Props & { given: Given }) {
  const t = publicWords(visit.language)
  const { day } = formats(visit.language)
  const { handedOn, madeOn, recalledOn, recallToldOn, letter, id } = given
  return (
    <Card title={t('consent.handed.title')}>
      <p>{t('consent.handed', { day: day(handedOn ?? madeOn), office: nameOf({ visit, open }, given) })}</p>
      <Shown visit={visit} letter={letter} />
      {recalledOn ? (
        <p>
          {t('consent.recalled', { day: day(recalledOn) })}{' '}
          {recallToldOn ? t('consent.recalled.told', { day: day(recallToldOn) }) : t('consent.recalled.telling')}
        </p>
      ) : (
        <Form action={addresses.mailbox(visit.town, 'zustimmung')} token={visit.token}>
          <input type="hidden" name="referral" value={id} />
          <p>{t('consent.recall.about')}</p>
          <Button name="answer" value="recall" look="secondary">
            {t('consent.withdraw')}
          </Button>
        </Form>
      )}
    </Card>
  )
}
