import { asDownload, takeFile } from '#platform/files/index.ts'
import { emptyForm, typed, withError, type FormState } from '#platform/forms/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, ErrorSummary, FileField, Form, Lead, TextField } from '#ui/index.ts'
import { addFile, fileOf, filesOf, largestFile, mostFiles, removeFile, type FileEntry } from '../../commands/files.ts'
import { slugOf } from '../../commands/plan.ts'
import type { GatheringRow } from '../../commands/store.ts'
import { fileText } from '../../sentences.ts'
import { words } from '../../words.ts'
import { gatheringOf, mend, partOf } from './frame.tsx'

const t = words('de')
/** The form around the file is a little larger. */
export const largest = largestFile + 64 * 1024

const load = (visit: Visit) =>
  visit.tx(async (tx) => {
    const row = await gatheringOf(tx, visit)
    return { row, files: await filesOf(tx, row.id) }
  })

/** `…/{gathering}/unterlagen`: files that are published with the results. */
export async function get(visit: Visit): Promise<View> {
  const { row, files } = await load(visit)
  return view(visit, row, files, emptyForm())
}

export async function post(visit: Visit): Promise<Response | View> {
  const { row, files } = await load(visit)
  const form = emptyForm(await visit.form())
  const here = addresses.manageGatherings(visit.town, row.id, 'unterlagen')
  const gone = files.find(({ id }) => id === typed(form, 'remove'))
  if (gone) {
    await visit.tx((tx) => removeFile(tx, row.id, gone.id))
    return redirect(here)
  }
  const wrong = (field: string, message: string) => ({
    ...view(visit, row, files, withError(form, field, message)),
    ...mend,
  })
  const title = typed(form, 'title').trim().slice(0, 200)
  if (title === '') return wrong('title', t('error.file.title'))
  const { file } = await visit.files()
  if (!file) return wrong('file', t('error.file'))
  const taken = await takeFile(await file.bytes(), largestFile)
  if ('fault' in taken) return wrong('file', t(`error.file.${taken.fault}`))
  const added = await visit.tx((tx) => addFile(tx, row.id, title, taken))
  return added ? redirect(here) : wrong('file', t('error.file.many', { count: mostFiles }))
}

/** `…/{gathering}/unterlagen/{file}`: for staff, also before it is published. */
export async function download(visit: Visit): Promise<Response> {
  const file = await visit.tx(async (tx) => {
    const row = await gatheringOf(tx, visit)
    return fileOf(tx, row.id, visit.params.file ?? '')
  })
  return asDownload(file, slugOf(file.title))
}

function view(visit: Visit, row: GatheringRow, files: readonly FileEntry[], form: FormState): View {
  const here = addresses.manageGatherings(visit.town, row.id, 'unterlagen')
  return partOf(visit, row.id, {
    title: t('part.unterlagen'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t(row.published_on ? 'files.public' : 'files.lead')}</Lead>
        {files.length > 0 && (
          <Form action={here} token={visit.token} files>
            <ul class="door">
              {files.map((one) => (
                <li>
                  <a href={`${here}/${one.id}`}>{fileText(one, 'de')}</a>{' '}
                  <Button name="remove" value={one.id} look="quiet">
                    {t('files.remove')}
                    <span class="hidden-visually">: {one.title}</span>
                  </Button>
                </li>
              ))}
            </ul>
          </Form>
        )}
        <Card title={t('files.add')}>
          <Form action={here} token={visit.token} files>
            <TextField name="title" label={t('files.title')} hint={t('files.title.hint')} form={form} />
            <FileField
              name="file"
              label={t('files.file')}
              hint={t('files.file.hint')}
              form={form}
              accept="application/pdf,image/png,image/jpeg"
            />
            <Button>{t('files.upload')}</Button>
          </Form>
        </Card>
      </>
    ),
  })
}
