import { errorAt, typed, type FormState } from '#platform/forms/index.ts'
import { choiceName, quoteNames, quoteRows, roleName } from '../../../checkForm.ts'
import { checkedParts, passagesOf, treatments, type Texts } from '../../../passages.ts'
import { words } from '../../../words.ts'

const t = words('de')

interface Choosing {
  readonly form: FormState
  readonly persons: boolean
}

const offered = (persons: boolean) => treatments.filter((one) => persons || one !== 'contact')

/** What becomes of one passage; the field for the role shows as soon as it is needed. */
function Choice({
  form,
  persons,
  what,
  role,
  about,
  leave,
}: Choosing & {
  what: string
  role: string
  about: string
  leave: boolean
}) {
  const wrong = errorAt(form, role)
  return (
    <div class="treatment">
      <select name={what} aria-label={t('check.what', { about })}>
        {leave && <option value="">{t('check.leave')}</option>}
        {offered(persons).map((one) => (
          <option value={one} selected={typed(form, what) === one}>
            {t(`check.${one}`)}
          </option>
        ))}
      </select>
      <label class="role">
        <span>{t('check.role.label')}</span>
        <input
          type="text"
          id={role}
          name={role}
          value={typed(form, role)}
          autocomplete="off"
          maxlength={60}
          aria-invalid={wrong ? 'true' : undefined}
        />
      </label>
      {wrong && <p class="error">{wrong}</p>}
    </div>
  )
}

const shortened = (text: string) => (text.length > 40 ? `${text.slice(0, 40)} …` : text)

/** Every sentence of the report with its choice. */
export const Passages = ({ texts, form, persons }: Choosing & { texts: Texts }) => (
  <>
    {checkedParts
      .filter((part) => texts[part])
      .map((part) => (
        <section class="passages">
          <h3>{t(`check.part.${part}`)}</h3>
          <ol>
            {passagesOf(texts[part] ?? '').map(({ text }, index) => (
              <li class={typed(form, choiceName(part, index)) ? 'marked' : undefined}>
                <p class="as-typed" dir="auto">
                  {text}
                </p>
                <Choice
                  form={form}
                  persons={persons}
                  what={choiceName(part, index)}
                  role={roleName(part, index)}
                  about={shortened(text)}
                  leave
                />
              </li>
            ))}
          </ol>
        </section>
      ))}
  </>
)

/** Single words, quoted by hand or, with script, taken from what is selected in the text. */
export const Quotations = ({ form, persons }: Choosing) => (
  <section class="quotations">
    <h3>{t('check.quotes')}</h3>
    <p class="hint">{t('check.quotes.hint')}</p>
    <div class="mark-bar">
      <p>{t('check.selection')}</p>
      {offered(persons).map((one) => (
        <button type="button" class="secondary" data-what={one}>
          {t(`check.${one}`)}
        </button>
      ))}
    </div>
    <ol>
      {Array.from({ length: quoteRows(form.values) }, (_, row) => {
        const { quote, what, role } = quoteNames(row)
        const wrong = errorAt(form, quote)
        return (
          <li>
            <label>
              <span>{t('check.quote')}</span>
              <input
                type="text"
                id={quote}
                name={quote}
                value={typed(form, quote)}
                autocomplete="off"
                aria-invalid={wrong ? 'true' : undefined}
              />
            </label>
            {wrong && <p class="error">{wrong}</p>}
            <Choice form={form} persons={persons} what={what} role={role} about={t('check.quote')} leave={false} />
          </li>
        )
      })}
    </ol>
  </section>
)
