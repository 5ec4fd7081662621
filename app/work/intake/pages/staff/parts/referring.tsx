import type { FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import type { Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ButtonLink, Card, Checkboxes, Form, Notice, Radios, Select, TextArea, TextField } from '#ui/index.ts'
import { say, type Published } from '#work/model/index.ts'
import type { OpenedReport } from '../../../queries.ts'
import type { Way } from '../../../ways.ts'
import { onHerWord, type Referral } from '../../../queries/referrals.ts'
import { bases, offersOf, partsOf, type Letter } from '../../../referral.ts'
import { words } from '../../../words.ts'
import { LetterText, recallText } from './letter.tsx'
import { Because, SecondReason } from './reasons.tsx'

const t = words('de')

export interface ReferralPage {
  readonly visit: Visit
  readonly report: OpenedReport
  readonly model: Published
  /** The move that hands it over; nobody gets here without it, except to see what was handed over. */
  readonly way: Way | undefined
  readonly form: FormState
  readonly preview?: Letter
}
const here = (visit: Visit) => addresses.referral(visit.town, visit.params.report ?? '')

/** To whom, on which ground, which parts; what would be handed over is shown before anything happens. */
export const Begin = ({ visit, report, model, form, preview }: ReferralPage) => (
  <Card title={t('referral.begin')} next>
    {!report.checked && <Notice kind="info">{t('referral.unchecked')}</Notice>}
    <Form action={here(visit)} token={visit.token}>
      <Select
        name="office"
        label={t('referral.office')}
        form={form}
        options={[
          { value: '', label: t('referral.office.other') },
          ...offersOf(model).map(({ id, name }) => ({ value: id, label: say(name, 'de') })),
        ]}
      />
      <TextField name="recipient" label={t('referral.recipient')} form={form} optional />
      <TextArea name="purpose" label={t('referral.purpose')} hint={t('referral.purpose.hint')} form={form} rows={3} />
      <Radios
        name="basis"
        label={t('referral.basis')}
        form={form}
        options={bases.map((value) => ({ value, label: t(`basis.${value}`), hint: t(`basis.${value}.hint`) }))}
      />
      <TextField name="ground" label={t('referral.ground')} hint={t('referral.ground.hint')} form={form} optional />
      <Checkboxes
        name="parts"
        label={t('referral.parts')}
        form={form}
        options={partsOf(report).map(({ part }) => ({ value: part, label: t(`letter.part.${part}`) }))}
      />
      {preview && (
        <section class="preview">
          <h3>{t('referral.preview.title')}</h3>
          <LetterText letter={preview} />
        </section>
      )}
      <div class="deeds">
        <Button name="do" value="preview" look={preview ? 'secondary' : 'primary'}>
          {t('referral.preview')}
        </Button>
        {preview && (
          <Button name="do" value="prepare">
            {t(preview.basis === 'consent' ? 'referral.ask' : 'referral.prepare')}
          </Button>
        )}
      </div>
    </Form>
  </Card>
)

/** A letter that is asked about, ready, or waits for the second person. */
export const Open = ({ visit, model, way, form, referral }: ReferralPage & { referral: Referral }) => (
  <>
    <Card title={t('referral.letter')}>
      {referral.answeredOn && <p>{t('referral.agreed', { day: formats('de').day(referral.answeredOn) })}</p>}
      <LetterText letter={referral.letter} />
      {referral.state !== 'waits' && (
        <Form action={here(visit)} token={visit.token}>
          <Button name="do" value="withdraw" look="secondary">
            {t(referral.state === 'asked' ? 'referral.withdraw' : 'referral.discard')}
          </Button>
        </Form>
      )}
    </Card>
    {referral.state === 'agreed' && way && (
      <Card title={say(way.button, 'de')} next>
        <Form action={here(visit)} token={visit.token}>
          <Because model={model} kinds={['refer']} form={form} />
          <TextArea
            name="answer"
            label={t('decide.answer')}
            hint={t('decide.answer.hint')}
            form={form}
            rows={4}
            optional
          />
          {way.second && <SecondReason effect={way.second.effect} form={form} />}
          <Button name="do" value="hand">
            {t('referral.hand')}
          </Button>
        </Form>
      </Card>
    )}
  </>
)

/** What was handed over, to be printed, sent or pasted; and what became of the yes it rested on. */
export const Handed = ({ visit, referral }: { visit: Visit; referral: Referral }) => {
  const { day } = formats('de')
  const { recalledOn, recallToldOn } = referral
  return (
    <>
      {recalledOn && (
        <Card title={t('recall.title', { day: day(recalledOn) })} next={!recallToldOn}>
          <p>{recallToldOn ? t('recall.told', { day: day(recallToldOn) }) : t('recall.about')}</p>
          <blockquote class="as-typed">{recallText(referral)}</blockquote>
          <p class="deeds">
            <Papers visit={visit} first={!recallToldOn} />
          </p>
          {!recallToldOn && <HandedDeed visit={visit} referral={referral} deed="told" />}
        </Card>
      )}
      <Card title={t('referral.handed', { day: day(referral.handedOn ?? referral.madeOn) })}>
        <LetterText letter={referral.letter} />
        {!recalledOn && (
          <p class="deeds">
            <Papers visit={visit} first />
          </p>
        )}
        {!recalledOn && onHerWord(referral) && <HandedDeed visit={visit} referral={referral} deed="recall" />}
      </Card>
    </>
  )
}

const Papers = ({ visit, first }: { visit: Visit; first: boolean }) => (
  <>
    <ButtonLink
      href={addresses.referral(visit.town, visit.params.report ?? '', 'brief')}
      look={first ? 'primary' : 'secondary'}
    >
      {t('letter.pdf')}
    </ButtonLink>{' '}
    <ButtonLink href={addresses.referral(visit.town, visit.params.report ?? '', 'text')} look="secondary">
      {t('letter.text')}
    </ButtonLink>
  </>
)

const HandedDeed = ({ visit, referral, deed }: { visit: Visit; referral: Referral; deed: 'recall' | 'told' }) => (
  <Form action={here(visit)} token={visit.token}>
    <input type="hidden" name="referral" value={referral.id} />
    {deed === 'recall' && <p class="hint">{t('recall.by-office')}</p>}
    <Button name="do" value={deed} look="secondary">
      {t(`recall.do.${deed}`)}
    </Button>
  </Form>
)
