import { picturesFrom } from '#platform/files/index.ts'
import { emptyForm, withError } from '#platform/forms/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { accentCss, Button, Card, FileField, Form } from '#ui/index.ts'
import { saveArms } from '../../commands/settings.ts'
import { accents } from '../schema.ts'
import { armsPicture } from '../../queries/settings.ts'
import { frame, saved, t, wasSaved, type Shown } from './frame.tsx'

/** Largest upload in bytes; the form around it is a little larger. */
const most = 2 * 1024 * 1024
export const largest = most + 64 * 1024
/** Twice and four times the place beside the name, and enough for paper. */
const boxes = [
  [96, 120],
  [480, 600],
] as const

const here = (visit: Visit) => addresses.settings(visit.town, 'wappen')

/** `/{town}/verwaltung/wappen` */
export const get = (visit: Visit): View => view(visit, { form: emptyForm(), saved: wasSaved(visit) })

export async function post(visit: Visit): Promise<Response | View> {
  const form = emptyForm()
  if ((await visit.form()).do === 'remove') {
    await visit.tx((tx) => saveArms(tx, undefined))
    return redirect(saved(here(visit)))
  }
  const { picture } = await visit.files()
  if (!picture) return view(visit, { form: withError(form, 'picture', t('error.file')) })
  const made = await picturesFrom(await picture.bytes(), boxes, most)
  if ('fault' in made) return view(visit, { form: withError(form, 'picture', t(`error.file.${made.fault}`)) })
  const [small, large] = made
  if (small && large) await visit.tx((tx) => saveArms(tx, { small: small.bytes, large: large.bytes }))
  return redirect(saved(here(visit)))
}

const view = (visit: Visit, shown: Shown): View =>
  frame(
    visit,
    { title: 'arms.title', lead: t(visit.town.arms ? 'arms.now' : 'arms.none') },
    shown,
    <>
      {visit.town.arms && (
        <Card title={t('arms.picture')}>
          <img src={addresses.arms(visit.town, visit.town.arms)} alt={t('arms.picture')} width="96" height="120" />
          <Form action={here(visit)} token={visit.token} files>
            <Button name="do" value="remove" look="quiet">
              {t('arms.remove')}
            </Button>
          </Form>
        </Card>
      )}
      <Form action={here(visit)} token={visit.token} files>
        <FileField
          name="picture"
          label={t('arms.file')}
          hint={t('arms.file.hint')}
          form={shown.form}
          accept="image/png,image/jpeg"
        />
        <Button>{t('arms.save')}</Button>
      </Form>
    </>,
  )

const forEver = 'public, max-age=31536000, immutable'

/** `/{town}/wappen/{hash}.png`: always what we made ourselves, never what was uploaded. */
export async function picture(visit: Visit): Promise<Response> {
  const hash = /^([0-9a-f]{16})\.png$/.exec(visit.params.file ?? '')?.[1]
  const png = hash && (await visit.txAs({ kind: 'public' }, (tx) => armsPicture(tx, hash, 'small')))
  if (!png) throw new NotAllowed('arms', { hidden: true })
  return new Response(new Uint8Array(png), { headers: { 'content-type': 'image/png', 'cache-control': forEver } })
}

/** `/{town}/farben/{hex}.css`: one of the accents on offer. */
export function colours(visit: Visit): Response {
  const accent = Object.values(accents).find((one) => visit.params.file === `${one.slice(1)}.css`)
  if (!accent) throw new NotAllowed('accent', { hidden: true })
  return new Response(accentCss(accent), {
    headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': forEver },
  })
}
