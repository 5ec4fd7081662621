import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { emptyForm } from '#platform/forms/index.ts'
import { Button, Card, Form, MoreDetails } from '#ui/index.ts'
import { say } from '#work/model/index.ts'
import { answerConsent } from '../../commands/refer.ts'
import { publicWords } from '../../words.ts'
import { LetterText } from '../staff/parts/letter.tsx'
import { asPublic } from './begun.ts'
import { enter, enteredCode, type OpenBox } from './box.ts'
import { codeView } from './parts/codeForm.tsx'

/** `/{town}/rueckmeldung/zustimmung`: yes or no to handing the report over; a yes can be taken back until it happened. */
export async function post(visit: Visit): Promise<Response | View> {
  const { answer } = await visit.form()
  const code = enteredCode(visit)
  if (!code) return codeView(visit, emptyForm())
  enter(visit, code)
  if (answer === 'yes' || answer === 'no') await asPublic(visit, (tx) => answerConsent(tx, code, answer === 'yes'))
  return redirect(addresses.mailbox(visit.town))
}

/** The question in the mailbox, with exactly what would be handed over. */
export function Consent({ visit, open: { box, model } }: { visit: Visit; open: OpenBox }) {
  const t = publicWords(visit.language)
  const { referral } = box
  if (referral?.basis !== 'consent' || referral.state === 'waits') return null
  const known = model.model.offices.find(({ id }) => id === referral.office)
  const office = known ? say(known.name, visit.language) : referral.letter.to
  const asked = referral.state === 'asked'
  return (
    <Card title={t('consent.title')} next={asked}>
      <p>{t(asked ? 'consent.question' : 'consent.given', { office })}</p>
      <MoreDetails title={t('consent.shown')}>
        <div lang="de" dir="ltr">
          <LetterText letter={referral.letter} />
        </div>
      </MoreDetails>
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
