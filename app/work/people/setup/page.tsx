import { z } from 'zod'
import { makeRecovery, type Installation } from '#platform/crypto/index.ts'
import { emptyForm, inWords, parseForm, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { SlugTaken, type NewMunicipality, type Tenants } from '#platform/tenancy/index.ts'
import { get, open, post, type Route, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, ErrorSummary, Form, Lead, Notice, Radios, TextField } from '#ui/index.ts'
import { publish, shippedDocument } from '#work/model/index.ts'
import { appointFirst } from '../commands/appoint.ts'
import { words } from '../words.ts'
import type { FirstStart } from './first-start.ts'

const t = words('de')
const kinds = ['independent-city', 'member-town', 'county'] as const
const models = ['klein-anfangen', 'grundstruktur'] as const

const setup = z.object({
  name: z.string().trim().min(2, 'error.town').max(120, 'error.town'),
  slug: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z][a-z0-9-]{1,40}$/, 'error.slug'),
  kind: z.enum(kinds, 'error.kind'),
  model: z.enum(models, 'error.model'),
  firstName: z.string().trim().min(1, 'error.name').max(200),
  firstMail: z.email('error.mail'),
  secondName: z.string().trim().min(1, 'error.name').max(200),
  secondMail: z.email('error.mail'),
})
type Setup = z.output<typeof setup>

export interface SetupOptions {
  readonly first: FirstStart
  readonly tenants: Tenants
  readonly installation: Installation
  readonly found: (municipality: NewMunicipality) => Promise<number>
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
      const parsed = parseForm(setup, await visit.form(), inWords(t, 'de'))
      if (!parsed.ok) return { ...view(visit, parsed.state), status: 422, error: true }
      if (!options.first.take()) throw new NotAllowed('set-up', { hidden: true })
      try {
        return done(visit, options, parsed.data, await settle(options, parsed.data))
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

/** Founds the municipality, puts the chosen model in force and invites the first two people. */
async function settle(
  { first, tenants, found }: SetupOptions,
  wanted: Setup,
): Promise<{ name: string; token: string }[]> {
  const municipality = await found({ slug: wanted.slug, name: wanted.name, kind: wanted.kind })
  const document = (await shippedDocument(wanted.model)) as { body: object }
  const body = { ...document.body, name: wanted.name, kind: wanted.kind }
  const invitations = await tenants.inTenant({ municipality, who: { kind: 'program', name: 'set-up' } }, async (tx) => {
    const result = await publish(tx, {
      document: { ...document, body },
      number: '1.0',
      decidedBy: wanted.firstName,
      note: t('setup.note'),
    })
    if ('faults' in result) throw new Error(`the shipped model does not compile: ${JSON.stringify(result.faults)}`)
    return appointFirst(tx, [
      { name: wanted.firstName, mail: wanted.firstMail, roles: ['coordination'] },
      { name: wanted.secondName, mail: wanted.secondMail, roles: ['substitute', 'sponsor'] },
    ])
  })
  first.done()
  return invitations
}

function done(
  visit: Visit,
  { installation }: SetupOptions,
  { slug, name }: Setup,
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
          options={kinds.map((value) => ({ value, label: t(`setup.kind.${value}`) }))}
        />
        <Radios
          name="model"
          label={t('setup.model')}
          form={form}
          options={models.map((value) => ({
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
