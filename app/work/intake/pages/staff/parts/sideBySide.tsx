import { languageName } from '../../../languages.ts'
import { words } from '../../../words.ts'

const t = words('de')

interface Half {
  readonly label: string
  readonly text: string
}

/** Two texts beside each other, below each other on a phone. */
const Halves = ({ halves }: { halves: readonly Half[] }) => (
  <div class="compare">
    <dl>
      {halves.map(({ label, text }) => (
        <div>
          <dt>{label}</dt>
          <dd class="as-typed" dir="auto">
            {text}
          </dd>
        </div>
      ))}
    </dl>
  </div>
)

/** What came in another language, and the German text. */
export const SideBySide = ({ language, source, text }: { language: string; source: string; text: string }) => (
  <Halves
    halves={[
      { label: t('translation.source', { language: languageName(language) }), text: source },
      { label: t('translation.text'), text },
    ]}
  />
)

/** An answer of the office in German, and what whoever reported reads. */
export const AnswerBeside = ({ language, german, text }: { language: string; german: string; text: string }) => (
  <Halves
    halves={[
      { label: t('interpreting.german'), text: german },
      { label: t('interpreting.into', { language: languageName(language) }), text },
    ]}
  />
)
