import { createContext, useContext, type Child } from 'hono/jsx'
import type { Language } from '#platform/i18n/index.ts'

const PageLanguage = createContext<Language | undefined>(undefined)

/** Everything inside speaks this language; `page()` puts it around each page, so that no component can forget it. */
export const Speaking = ({ language, children }: { language: Language; children?: Child }) => (
  <PageLanguage.Provider value={language}>{children}</PageLanguage.Provider>
)

/** The language of the page around a component. Throws outside a page: a silent default would be German for everybody. */
export function pageLanguage(): Language {
  const language = useContext(PageLanguage)
  if (!language) throw new Error('a component was rendered outside page() and <Speaking>')
  return language
}
