import { languages, type Language } from '#platform/i18n/index.ts'
import { QrCode } from '#ui/index.ts'

/**
 * A link for somebody outside. On paper it stands alone, with what it is about in every language and nothing that only
 * the office may read: others who were asked, other links.
 */
export const Slip = ({
  link,
  label,
  title,
}: {
  link: string
  label: string
  title: (language: Language) => string
}) => (
  <div class="slip">
    <div class="print-only">
      {languages
        .filter(({ id }) => id !== 'leicht')
        .map(({ id, lang, dir }) => (
          <p lang={lang} dir={dir}>
            <strong>{title(id)}</strong>
          </p>
        ))}
    </div>
    <p class="ltr breakable">{link}</p>
    <QrCode text={link} label={label} />
  </div>
)
