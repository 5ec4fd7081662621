import { languageName } from '../../../languages.ts'
import { words } from '../../../words.ts'

const t = words('de')

/** The original and the German text beside each other, below each other on a phone. */
export const SideBySide = ({ language, source, text }: { language: string; source: string; text: string }) => (
  <div class="compare">
    <dl>
      <div>
        <dt>{t('translation.source', { language: languageName(language) })}</dt>
        <dd class="as-typed" dir="auto">
          {source}
        </dd>
      </div>
      <div>
        <dt>{t('translation.text')}</dt>
        <dd class="as-typed">{text}</dd>
      </div>
    </dl>
  </div>
)
