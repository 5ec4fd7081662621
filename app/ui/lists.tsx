import type { Child, PropsWithChildren } from 'hono/jsx'
import { staffWords } from './words.ts'

const t = staffWords('de')

/**
 * A list; on a phone each row becomes a card with the same words. The roles say what the elements already are, because
 * some screen readers forget it once the style sheet shows rows and cells as blocks.
 */
export const DataTable = ({
  caption,
  columns,
  rows,
}: {
  caption: string
  columns: readonly string[]
  rows: readonly (readonly Child[])[]
}) => (
  <table class="cards" role="table">
    <caption class="hidden-visually">{caption}</caption>
    <thead role="rowgroup">
      <tr role="row">
        {columns.map((column) => (
          <th scope="col" role="columnheader">
            {column}
          </th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">
      {rows.map((cells) => (
        <tr role="row">
          {cells.map((cell, index) => (
            <td role="cell" data-label={columns[index]}>
              {cell}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
)

/** The way through a long list, one page on or back to its beginning; nothing where all of it is shown. */
export const Pager = ({ first, next }: { first?: string; next?: string }) =>
  first || next ? (
    <nav class="pager" aria-label={t('pager.label')}>
      {first && (
        <a class="button secondary" href={first}>
          {t('pager.first')}
        </a>
      )}
      {next && (
        <a class="button secondary" href={next} rel="next">
          {t('pager.next')}
        </a>
      )}
    </nav>
  ) : null

/** What a list shows, as a sentence, and the way to all of it. */
export const FilterSentence = ({ all, children }: PropsWithChildren<{ all?: string }>) => (
  <p class="filter">
    {children} {all && <a href={all}>{t('filter.all')}</a>}
  </p>
)

/** The parts of a long page; `id` is the part's own. */
export const JumpLinks = ({ links }: { links: readonly { readonly id: string; readonly label: string }[] }) => (
  <nav class="jump" aria-label={t('jump.label')}>
    <ul>
      {links.map(({ id, label }) => (
        <li>
          <a href={`#${id}`}>{label}</a>
        </li>
      ))}
    </ul>
  </nav>
)
