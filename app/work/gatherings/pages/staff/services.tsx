import { emptyForm, typed } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, Form, Lead, MoreDetails, Notice, TextField } from '#ui/index.ts'
import { noteTested, service, setService, type ServiceRow } from '../../commands/services.ts'
import { serviceOf } from '../../meetings/index.ts'
import { MeetingTrouble } from '../../meetings/provider.ts'
import { fieldsOf, providers, type Provider } from '../../meetings/settings.ts'
import { words } from '../../words.ts'

const t = words('de')

type Result = { readonly provider: Provider; readonly trouble: MeetingTrouble | undefined }

const load = (visit: Visit) =>
  visit.tx(async (tx) => {
    const found: [Provider, ServiceRow | undefined][] = []
    for (const provider of providers) found.push([provider, await service(tx, provider)])
    return found
  })

/** `/{town}/verwaltung/videodienste`: which services there are; secrets go in and never come out. */
export const get = async (visit: Visit): Promise<View> => view(visit, await load(visit))

export async function post(visit: Visit): Promise<Response | View> {
  const raw = await visit.form()
  const provider = providers.find((one) => one === raw.provider)
  if (!provider) return redirect(addresses.videoServices(visit.town))
  if (raw.do === 'test') return test(visit, provider)
  const form = emptyForm(raw)
  const settings = Object.fromEntries(
    fieldsOf[provider].map(({ name }) => [name, typed(form, `${provider}-${name}`).slice(0, 4_000)]),
  )
  await visit.tx((tx) => setService(tx, provider, settings))
  return test(visit, provider)
}

/** Asked outside of any transaction; what came of it is told in words. */
async function test(visit: Visit, provider: Provider): Promise<View> {
  const found = await visit.tx((tx) => service(tx, provider))
  let trouble: MeetingTrouble | undefined
  try {
    if (!found) throw new MeetingTrouble('not-set-up')
    await serviceOf(provider, found.settings).test(visit.now)
    await visit.tx((tx) => noteTested(tx, provider))
  } catch (error) {
    if (!(error instanceof MeetingTrouble)) throw error
    trouble = error
  }
  return view(visit, await load(visit), { provider, trouble })
}

const view = (visit: Visit, all: readonly [Provider, ServiceRow | undefined][], result?: Result): View => ({
  layout: 'staff',
  at: addresses.administration(visit.town),
  back: addresses.administration(visit.town),
  title: t('services.title'),
  discreet: true,
  status: result?.trouble ? 422 : 200,
  body: (
    <>
      <Lead>{t('services.lead')}</Lead>
      {all.map(([provider, row]) => (
        <Card title={t(`service.${provider}`)} id={provider}>
          {result?.provider === provider && <Outcome provider={provider} row={row} result={result} />}
          <p>
            {row?.testedOn
              ? t('services.tested', { day: formats('de').day(row.testedOn) })
              : t(row ? 'services.untested' : 'services.none')}
          </p>
          <One visit={visit} provider={provider} row={row} open={result?.provider === provider} />
        </Card>
      ))}
    </>
  ),
})

function Outcome({
  provider,
  row,
  result: { trouble },
}: {
  provider: Provider
  row: ServiceRow | undefined
  result: Result
}) {
  if (!trouble) return <Notice kind="done">{t(provider === 'jitsi' ? 'services.fine.jitsi' : 'services.fine')}</Notice>
  return (
    <>
      <Notice kind="danger">
        {t(`trouble.${trouble.kind}`)} {trouble.code && t('services.code', { code: trouble.code })}
      </Notice>
      {trouble.kind === 'policy' && <Policy settings={row?.settings ?? {}} />}
    </>
  )
}

/** What the administrator of the Microsoft tenant types; takes up to half an hour to work. */
const Policy = ({ settings: { client = '', organiser = '' } }: { settings: Readonly<Record<string, string>> }) => (
  <>
    <p>{t('services.policy')}</p>
    <pre class="ltr">
      {`New-CsApplicationAccessPolicy -Identity Besonnen -AppIds "${client}"\nGrant-CsApplicationAccessPolicy -PolicyName Besonnen -Identity "${organiser}"`}
    </pre>
  </>
)

function One({
  visit,
  provider,
  row,
  open,
}: {
  visit: Visit
  provider: Provider
  row: ServiceRow | undefined
  open: boolean
}) {
  const form = emptyForm(
    Object.fromEntries(
      fieldsOf[provider].map(({ name, secret }) => [`${provider}-${name}`, secret ? '' : (row?.settings[name] ?? '')]),
    ),
  )
  return (
    <MoreDetails title={t(row ? 'services.change' : 'services.set-up')} open={open}>
      <Form action={addresses.videoServices(visit.town)} token={visit.token}>
        <input type="hidden" name="provider" value={provider} />
        {fieldsOf[provider].map(({ name, secret }) => (
          <TextField
            name={`${provider}-${name}`}
            type={secret ? 'password' : 'text'}
            autocomplete={secret ? 'new-password' : 'off'}
            label={t(`services.${provider}.${name}` as 'services.teams.tenant')}
            hint={secret && row ? t('services.kept') : undefined}
            optional={['hash', 'audience', 'subject', 'key'].includes(name)}
            form={form}
          />
        ))}
        <Button name="do" value="save">
          {t('services.save')}
        </Button>{' '}
        {row && (
          <Button name="do" value="test" look="secondary">
            {t('services.test')}
          </Button>
        )}
      </Form>
    </MoreDetails>
  )
}
