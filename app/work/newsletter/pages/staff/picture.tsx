import { picturesFrom } from '#platform/files/index.ts'
import { emptyForm, typed, withError, type FormState } from '#platform/forms/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ErrorSummary, FileField, Form, Lead, TextField } from '#ui/index.ts'
import { addPicture } from '../../commands/addPicture.ts'
import { largestPicture, mostPictures, pictureBox, pictureById, picturesIn, typeOf } from '../../commands/pictures.ts'
import { issueById, type Issue } from '../../queries/issues.ts'
import { words } from '../../words.ts'

const t = words('de')
/** The form around the picture is a little larger. */
export const largest = largestPicture + 64 * 1024

async function load(visit: Visit): Promise<Issue> {
  const issue = await visit.tx((tx) => issueById(tx, visit.params.issue ?? ''))
  if (!issue || issue.state !== 'draft') throw new NotAllowed('issue', { hidden: true })
  return issue
}

/** `/{town}/newsletter/entwuerfe/{issue}/bild`: a picture and, in words, what it shows. */
export const get = async (visit: Visit): Promise<View> => view(visit, await load(visit), emptyForm())

export async function post(visit: Visit): Promise<Response | View> {
  const issue = await load(visit)
  const form = emptyForm(await visit.form())
  const wrong = (field: string, message: string): View => ({
    ...view(visit, issue, withError(form, field, message)),
    status: 422,
    error: true,
  })
  const alt = typed(form, 'alt').trim().slice(0, 300)
  if (alt === '') return wrong('alt', t('error.picture.alt'))
  if (picturesIn(issue.blocks).length >= mostPictures)
    return wrong('file', t('error.picture.many', { count: mostPictures }))
  const { file } = await visit.files()
  if (!file) return wrong('file', t('error.picture.none'))
  const made = await picturesFrom(await file.bytes(), [pictureBox], largestPicture, 'best')
  if ('fault' in made) return wrong('file', t(`error.picture.${made.fault}`))
  await visit.tx((tx) => addPicture(tx, issue.id, made[0]!, alt))
  return redirect(`${addresses.newsletterDraft(visit.town, issue.id)}#b${issue.blocks.length}`)
}

const view = (visit: Visit, issue: Issue, form: FormState): View => ({
  layout: 'staff',
  at: addresses.newsletterDesk(visit.town),
  back: addresses.newsletterDraft(visit.town, issue.id),
  title: t('picture.title'),
  body: (
    <>
      <ErrorSummary form={form} />
      <Lead>{t('picture.lead')}</Lead>
      <Form action={addresses.newsletterDraft(visit.town, issue.id, 'bild')} token={visit.token} files>
        <FileField
          name="file"
          label={t('picture.file')}
          hint={t('picture.file.hint')}
          form={form}
          accept="image/png,image/jpeg"
        />
        <TextField name="alt" label={t('picture.alt')} hint={t('picture.alt.hint')} form={form} />
        <Button>{t('picture.add')}</Button>
      </Form>
    </>
  ),
})

/** `/{town}/newsletter/bilder/{picture}`: of what was sent for everybody, of drafts for those who write them. */
export async function picture(visit: Visit): Promise<Response> {
  const id = /^([0-9a-f-]{36})$/.exec(visit.params.picture ?? '')?.[1]
  const found = id && (await visit.txAs({ kind: 'program', name: 'newsletter' }, (tx) => pictureById(tx, id)))
  if (!found || (!['sending', 'paused', 'sent'].includes(found.state) && !visit.may('newsletter.send')))
    throw new NotAllowed('picture', { hidden: true })
  return new Response(new Uint8Array(found.png), {
    headers: { 'content-type': typeOf(found.png), 'cache-control': 'private, max-age=3600' },
  })
}
