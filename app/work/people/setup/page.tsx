import { makeRecovery, type Installation } from '#platform/crypto/index.ts'
import { emptyForm, inWords, parseForm, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { SlugTaken } from '#platform/tenancy/index.ts'
import { get, open, post, type Route, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, ErrorSummary, Form, Lead, Notice, Radios, TextField } from '#ui/index.ts'
import { words } from '../words.ts'
import type { FirstStart } from './first-start.ts'
import { firstKinds, firstModels, firstTown, settle, type FirstTown, type Founding } from './settle.ts'

const t = words('de')
export interface SetupOptions extends Founding {
  readonly first: FirstStart
  readonly installation: Installation
  /** Takes back what was founded when the rest failed. */
  readonly discard: () => Promise<void>
}

/** The set-up pages; they answer to the one link only. */
export function setupRoutes(options: SetupOptions): Route[] {
  const guard = (visit: Visit) => {
    if (!options.first.admits(visit.params.token ?? '', Date.now())) throw new NotAllowed('set-up', { hidden: true })
  }
  return [
    get('/einrichten/:token', open, (visit) => (guard(visit), view(visit, emptyForm()))),
    post('/einrichten/:token', open, async (visit) => {
      guard(visit)
      const parsed = parseForm(firstTown, await visit.form(), inWords(t, 'de'))
      if (!parsed.ok) return { ...view(visit, parsed.state), status: 422, error: true }
      if (!options.first.take()) throw new NotAllowed('set-up', { hidden: true })
      try {
        const invitations = await settle(options, parsed.data)
        options.first.done()
        return done(visit, options, parsed.data, invitations)
      } catch (error) {
        await options.discard()
        options.first.giveBack()
        if (!(error instanceof SlugTaken)) throw error
        const form = { values: await visit.form(), errors: [{ field: 'slug', message: t('error.slug.taken') }] }
        return { ...view(visit, form), status: 422, error: true }
      }
    }),
  ]
}

function done(
  visit: Visit,
  { installation }: SetupOptions,
  { slug, name }: FirstTown,
  invitations: { name: string; token: string }[],
): View {
  const { parts } = makeRecovery(installation.secret())
  return {
    layout: 'plain',
    title: t('setup.done', { name }),
    body: (
      <>
        <Notice kind="waiting">{t('setup.print')}</Notice>
        {invitations.map((one) => (
          <div class="own-sheet">
            <Card title={t('setup.invitation', { name: one.name })}>
              <p class="ltr">
                <a href={addresses.invitation(slug, one.token)}>
                  {visit.origin + addresses.invitation(slug, one.token)}
                </a>
              </p>
            </Card>
          </div>
        ))}
        <h2>{t('setup.recovery')}</h2>
        <p>{t('setup.recovery.text')}</p>
        {parts.map((lines, index) => (
          <div class="own-sheet">
            <Card title={t('setup.part', { number: index + 1 })}>
              <p>{t('setup.part.of', { name, day: formats('de').day(visit.now), mark: installation.fingerprint })}</p>
              <pre class="ltr">{lines.join('\n')}</pre>
            </Card>
          </div>
        ))}
      </>
    ),
  }
}

const view = (visit: Visit, form: FormState): View => ({
  layout: 'plain',
  title: t('setup.title'),
  body: (
    <>
      <ErrorSummary form={form} />
      <Lead>{t('setup.lead')}</Lead>
      <Form action={`/einrichten/${visit.params.token}`} token={visit.token}>
        <TextField name="name" label={t('setup.name')} hint={t('setup.name.hint')} form={form} />
        <TextField
          name="slug"
          label={t('setup.slug')}
          hint={t('setup.slug.hint', { origin: visit.origin })}
          form={form}
        />
        <Radios
          name="kind"
          label={t('setup.kind')}
          form={form}
          options={firstKinds.map((value) => ({ value, label: t(`setup.kind.${value}`) }))}
        />
        <Radios
          name="model"
          label={t('setup.model')}
          form={form}
          options={firstModels.map((value) => ({
            value,
            label: t(`setup.model.${value}`),
            hint: t(`setup.model.${value}.hint`),
          }))}
        />
        <Card title={t('setup.first')}>
          <TextField name="firstName" label={t('people.name')} form={form} />
          <TextField name="firstMail" type="email" label={t('people.mail')} form={form} />
        </Card>
        <Card title={t('setup.second')}>
          <p>{t('setup.second.hint')}</p>
          <TextField name="secondName" label={t('people.name')} form={form} />
          <TextField name="secondMail" type="email" label={t('people.mail')} form={form} />
        </Card>
        <Button>{t('setup.button')}</Button>
      </Form>
    </>
  ),
})
