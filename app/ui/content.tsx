import type { Child, PropsWithChildren } from 'hono/jsx'
import { encode } from 'uqr'

/** How things stand, in one sentence. */
export const Lead = ({ children }: PropsWithChildren) => <p class="lead">{children}</p>

/** A part of a page with a heading of its own; `next` marks the one thing to do now. */
export const Card = ({
  title,
  next,
  children,
  id,
}: PropsWithChildren<{ title: string; next?: boolean; id?: string }>) => (
  <section class={next ? 'card next' : 'card'} id={id}>
    <h2>{title}</h2>
    {children}
  </section>
)

export type Tone = 'info' | 'waiting' | 'done' | 'danger'
const marks: Record<Tone, string> = { info: 'ℹ', waiting: '◔', done: '✓', danger: '⚠' }

/** Something to know before going on: sign and words, never colour alone. */
export const Notice = ({ kind, children }: PropsWithChildren<{ kind: Tone }>) => (
  <div class={`notice ${kind}`}>
    <p>
      <span class="mark" aria-hidden="true">
        {marks[kind]}{' '}
      </span>
      {children}
    </p>
  </div>
)

/** A state in one or two words. */
export const Badge = ({ kind, children }: PropsWithChildren<{ kind: 'neutral' | 'waiting' | 'done' | 'danger' }>) => (
  <span class={`badge ${kind}`}>{children}</span>
)

/** An empty list says so kindly. */
export const EmptyState = ({ children }: PropsWithChildren) => <p class="quiet">{children}</p>

export interface Fact {
  readonly label: string
  readonly value: Child
  readonly change?: { readonly href: string; readonly label: string }
}

/** What is known, line by line. */
export const SummaryList = ({ rows }: { rows: readonly Fact[] }) => (
  <dl class="facts">
    {rows.map(({ label, value, change }) => (
      <div>
        <dt>{label}</dt>
        <dd>
          {value}{' '}
          {change && (
            <a href={change.href}>
              {change.label}
              <span class="hidden-visually">: {label}</span>
            </a>
          )}
        </dd>
      </div>
    ))}
  </dl>
)

/** The course of events, newest first. */
export const Timeline = ({ entries }: { entries: readonly { when: string; text: Child }[] }) => (
  <ol class="timeline">
    {entries.map(({ when, text }) => (
      <li>
        <p class="when">{when}</p>
        {text}
      </li>
    ))}
  </ol>
)

/** The receipt code, large and in three groups, made to be written down. */
export const ReceiptCode = ({ code, label }: { code: string; label: string }) => (
  <div class="receipt">
    <p>{label}</p>
    <p class="code" dir="ltr">
      {code.match(/.{1,6}/g)?.map((group) => (
        <span>{group} </span>
      ))}
    </p>
  </div>
)

/** A QR code as a drawing; what it says must also stand on the page as text. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: 2 })
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
