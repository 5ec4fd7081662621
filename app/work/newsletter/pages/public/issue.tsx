import { formats, languageInfo } from '#platform/i18n/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { ButtonLink } from '#ui/index.ts'
import type { Block, Span } from '../../blocks.ts'
import { languageOf } from '../../commands/confirmLetters.ts'
import { publishedIssue } from '../../queries/issues.ts'
import { publicWords } from '../../words.ts'
import { asPublic } from './asPublic.ts'

/** `/{town}/newsletter/ausgaben/{number}`: what everybody got, for everybody. */
export async function get(visit: Visit): Promise<View> {
  const number = /^\d{1,6}$/.test(visit.params.number ?? '') ? Number(visit.params.number) : 0
  const issue = await asPublic(visit, (tx) => publishedIssue(tx, number))
  if (!issue?.begun_at) throw new NotAllowed('issue', { hidden: true })
  const t = publicWords(visit.language)
  const { lang, dir } = languageInfo(languageOf(issue.language))
  return {
    layout: 'public',
    title: issue.subject,
    back: addresses.newsletter(visit.town),
    body: (
      <>
        <p class="quiet">{t('issue.line', { number, day: formats(visit.language).day(issue.begun_at) })}</p>
        <article lang={lang} dir={dir}>
          {issue.blocks.map((block) => (
            <Part block={block} visit={visit} />
          ))}
        </article>
        <ButtonLink href={addresses.newsletter(visit.town)} look="secondary">
          {t('form.title')}
        </ButtonLink>
      </>
    ),
  }
}

const Spans = ({ spans }: { spans: readonly Span[] }) => (
  <>{spans.map(({ text, href }) => (href ? <a href={href}>{text}</a> : <span class="as-typed">{text}</span>))}</>
)

function Part({ block, visit }: { block: Block; visit: Visit }) {
  switch (block.kind) {
    case 'heading':
      return block.level === 2 ? <h2>{block.text}</h2> : <h3>{block.text}</h3>
    case 'paragraph':
      return (
        <p>
          <Spans spans={block.spans} />
        </p>
      )
    case 'list':
      return (
        <ul>
          {block.points.map((point) => (
            <li>
              <Spans spans={point} />
            </li>
          ))}
        </ul>
      )
    case 'teaser':
      return (
        <div class="notice">
          <p>
            <a href={block.href}>{block.title}</a>
            <br />
            {block.when}
          </p>
        </div>
      )
    case 'picture':
      return (
        <p>
          <img
            src={addresses.newsletterPicture(visit.town, block.picture)}
            alt={block.alt}
            width={block.width}
            height={block.height}
            class="fitting"
          />
        </p>
      )
    case 'divider':
      return <hr />
  }
}
