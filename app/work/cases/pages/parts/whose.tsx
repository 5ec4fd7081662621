import type { PropsWithChildren } from 'hono/jsx'
import { words } from '../../words.ts'

const t = words('de')

/** What a page is about, above it; not on paper, because some of what is printed leaves the office. */
export const Whose = ({ number, matter, children }: PropsWithChildren<{ number: string; matter: string }>) => (
  <>
    <p class="quiet no-print">{t('case.of', { number, matter })}</p>
    {children}
  </>
)
