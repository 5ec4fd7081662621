import { typed, type FormState } from '#platform/forms/index.ts'
import { Button, Select, TextArea, TextField } from '#ui/index.ts'
import { words } from '../../../words.ts'
import type { Typed } from '../blocksForm.ts'

const t = words('de')
type Kind = 'paragraph' | 'heading' | 'list' | 'teaser' | 'picture' | 'divider'

const Move = ({ index, act, label }: { index: number; act: 'up' | 'down' | 'remove'; label: string }) => (
  <Button name="act" value={`${act}:${index}`} look="quiet">
    {label}
    <span class="hidden-visually"> {t('draft.of', { number: index + 1 })}</span>
  </Button>
)

function Fields({
  kind,
  index,
  form,
  pictures,
}: {
  kind: Kind
  index: number
  form: FormState
  pictures: PictureAddress
}) {
  const name = (part: keyof Typed) => `b${index}-${part}`
  if (kind === 'heading')
    return (
      <>
        <TextField name={name('text')} label={t('block.text')} form={form} />
        <Select
          name={name('level')}
          label={t('block.level')}
          form={form}
          options={(['2', '3'] as const).map((value) => ({ value, label: t(`block.level.${value}`) }))}
        />
      </>
    )
  if (kind === 'paragraph')
    return <TextArea name={name('text')} label={t('block.text')} hint={t('block.text.hint')} form={form} />
  if (kind === 'list')
    return <TextArea name={name('text')} label={t('block.points')} hint={t('block.points.hint')} form={form} />
  if (kind === 'teaser')
    return (
      <>
        <TextField name={name('title')} label={t('block.teaser.title')} form={form} />
        <TextField name={name('when')} label={t('block.teaser.when')} hint={t('block.teaser.when.hint')} form={form} />
        <TextField name={name('href')} label={t('block.teaser.href')} form={form} />
      </>
    )
  if (kind === 'picture') {
    const [width, height] = typed(form, name('size')).split('x')
    return (
      <>
        <p>
          <img src={pictures(typed(form, name('picture')))} alt="" width={width} height={height} class="fitting" />
        </p>
        <input type="hidden" name={name('picture')} value={typed(form, name('picture'))} />
        <input type="hidden" name={name('size')} value={typed(form, name('size'))} />
        <TextField name={name('alt')} label={t('picture.alt')} hint={t('picture.alt.hint')} form={form} />
      </>
    )
  }
  return null
}

/** Where a picture can be seen. */
type PictureAddress = (id: string) => string

/** One block with its fields and the buttons that move it. */
export const BlockFields = ({
  kind,
  index,
  last,
  form,
  pictures,
}: {
  kind: string
  index: number
  last: boolean
  form: FormState
  pictures: PictureAddress
}) => (
  <section class="card" id={`b${index}`}>
    <h2>{t('draft.block', { number: index + 1, kind: t(`block.${kind as Kind}`) })}</h2>
    <input type="hidden" name={`b${index}-kind`} value={kind} />
    <Fields kind={kind as Kind} index={index} form={form} pictures={pictures} />
    <p>
      {index > 0 && <Move index={index} act="up" label={t('draft.up')} />}
      {!last && <Move index={index} act="down" label={t('draft.down')} />}
      <Move index={index} act="remove" label={t('draft.remove')} />
    </p>
  </section>
)
