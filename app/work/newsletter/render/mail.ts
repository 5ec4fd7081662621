import { randomUUID } from 'node:crypto'
import { languageInfo, type Language } from '#platform/i18n/index.ts'
import type { Block, Span } from '../blocks.ts'
import { publicWords } from '../words.ts'

/** What a mail or a preview is made from. Addresses are whole, since a mail stands on no page. */
export interface Edition {
  readonly subject: string
  /** Of what is written; the frame around it speaks the reader's own language. */
  readonly language: Language
  readonly blocks: readonly Block[]
  readonly town: string
  /** The issue on the public page, undefined while it is a draft. */
  readonly web: string | undefined
  readonly imprint: string
  /** Where a picture is found: inside the mail, or on our page for the preview. */
  readonly picture: (id: string) => string
}

export interface Own {
  readonly settings: string
  readonly leave: string
}

export interface Rendered {
  html(own: Own): string
  text(own: Own): string
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string) => text.replaceAll(/[&<>"']/g, (character) => escapes[character]!)

// Mail programs know no style sheets of ours: the few rules stand at each element.
const ink = 'color:#1b1d1f'
const linkStyle = 'color:#0b5563;text-decoration:underline'
const anchor = (text: string, href: string) => `<a href="${escape(href)}" style="${linkStyle}">${escape(text)}</a>`
const inline = (spans: readonly Span[]) =>
  spans.map(({ text, href }) => (href ? anchor(text, href) : escape(text).replaceAll('\n', '<br>\n'))).join('')

function html(block: Block, picture: Edition['picture']): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level} style="margin:28px 0 8px;font-size:${block.level === 2 ? 20 : 17}px;line-height:1.3">${escape(block.text)}</h${block.level}>`
    case 'paragraph':
      return `<p style="margin:0 0 16px">${inline(block.spans)}</p>`
    case 'list':
      return `<ul style="margin:0 0 16px;padding:0 0 0 24px">\n${block.points.map((point) => `<li style="margin:0 0 6px">${inline(point)}</li>`).join('\n')}\n</ul>`
    case 'teaser':
      return `<p style="margin:0 0 16px;padding:12px 16px;border:1px solid #c9d6d9;border-radius:4px"><strong>${anchor(block.title, block.href)}</strong><br>\n${escape(block.when)}</p>`
    case 'picture':
      return `<p style="margin:0 0 16px"><img src="${escape(picture(block.picture))}" alt="${escape(block.alt)}" width="${block.width}" height="${block.height}" style="display:block;max-width:100%;height:auto;border:0"></p>`
    case 'divider':
      return '<hr style="border:0;border-top:1px solid #c9d6d9;margin:24px 0">'
  }
}

const plainSpans = (spans: readonly Span[]) =>
  spans
    .map(({ text, href }) => (href ? (text === href ? href : `${text} (${href.replace(/^mailto:/, '')})`) : text))
    .join('')

/** At most 76 characters a line; an address is never cut. */
function wrap(text: string, first = '', rest = ''): string {
  return text
    .split('\n')
    .map((paragraph) => {
      const lines: string[] = []
      let line = first
      let empty = true
      for (const word of paragraph.split(' ')) {
        if (!empty && line.length + 1 + word.length > 76) {
          lines.push(line)
          line = rest
          empty = true
        }
        line += empty ? word : ` ${word}`
        empty = false
      }
      return [...lines, line].join('\n')
    })
    .join('\n')
}

function text(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return block.level === 2
        ? `${wrap(block.text)}\n${'='.repeat(Math.min(76, block.text.length))}`
        : wrap(block.text)
    case 'paragraph':
      return wrap(plainSpans(block.spans))
    case 'list':
      return block.points.map((point) => wrap(plainSpans(point), '- ', '  ')).join('\n')
    case 'teaser':
      return `${wrap(block.title)}\n${wrap(block.when)}\n${block.href}`
    case 'picture':
      return wrap(`[${block.alt}]`)
    case 'divider':
      return '-'.repeat(40)
  }
}

function htmlFoot({ web, imprint, town }: Edition, reader: Language, own: Own): string {
  const t = publicWords(reader)
  const { lang, dir } = languageInfo(reader)
  const links = [
    ...(web ? [anchor(t('mail.foot.web'), web)] : []),
    anchor(t('mail.foot.own'), own.settings),
    anchor(t('mail.foot.leave'), own.leave),
    anchor(t('mail.foot.imprint'), imprint),
  ]
  return `<div lang="${lang}" dir="${dir}" style="margin:32px 0 0;padding:16px 0 0;border-top:1px solid #c9d6d9;font-size:14px">\n<p style="margin:0 0 8px">${escape(t('mail.foot.why', { town }))}</p>\n<p style="margin:0">${links.join('<br>\n')}</p>\n</div>`
}

function textFoot({ web, imprint, town }: Edition, reader: Language, own: Own): string {
  const t = publicWords(reader)
  const line = (label: string, href: string) => `${label}:\n${href}`
  return [
    '-- ',
    wrap(t('mail.foot.why', { town })),
    '',
    ...(web ? [line(t('mail.foot.web'), web)] : []),
    line(t('mail.foot.own'), own.settings),
    line(t('mail.foot.leave'), own.leave),
    line(t('mail.foot.imprint'), imprint),
    '',
  ].join('\n')
}

function wholeHtml(edition: Edition, reader: Language, own: Own): string {
  const { lang, dir } = languageInfo(edition.language)
  return `<!doctype html>
<html lang="${lang}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(edition.subject)}</title>
</head>
<body style="margin:0;background:#ffffff;${ink}">
<div style="max-width:600px;margin:0 auto;padding:16px;font-family:'Fira Sans',Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5;${ink}">
<p style="margin:0;font-size:14px">${escape(edition.town)}</p>
<h1 style="margin:4px 0 20px;font-size:26px;line-height:1.25">${escape(edition.subject)}</h1>
${edition.blocks.map((block) => html(block, edition.picture)).join('\n')}
${htmlFoot(edition, reader, own)}
</div>
</body>
</html>
`
}

const wholeText = (edition: Edition, reader: Language, own: Own): string =>
  [
    edition.town,
    '',
    wrap(edition.subject),
    '',
    ...edition.blocks.flatMap((block) => [text(block), '']),
    textFoot(edition, reader, own),
  ].join('\n')

/**
 * Renders an edition once for all readers of one language; only the two links that are a person's own are put in for
 * each. No picture from anywhere but the mail itself, no foreign style, no counting link: nothing is fetched when it is
 * opened.
 */
export function render(edition: Edition, reader: Language): Rendered {
  const [settings, leave] = [randomUUID(), randomUUID()]
  const own = { settings, leave }
  const fill = (template: string) => {
    const pieces = template.split(new RegExp(`(${settings}|${leave})`))
    return (mine: Own) =>
      pieces.map((piece) => (piece === settings ? mine.settings : piece === leave ? mine.leave : piece)).join('')
  }
  return { html: fill(wholeHtml(edition, reader, own)), text: fill(wholeText(edition, reader, own)) }
}
