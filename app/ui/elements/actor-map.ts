import { lineOf, type LineKind, type Spot } from './parts/lines.ts'

/** In the drawing for a narrow screen everybody stands where the server placed them. */
const fixed = (actor: SVGGElement) => actor.ownerSVGElement?.classList.contains('narrow') === true

/**
 * Wraps the drawing of an actor map and the form with the same data. With script, actors are moved and connected on the
 * drawing, by pointer or by keyboard; what that changes are the fields of the form, which saves it. Without, the form is
 * all there is.
 */
class ActorMap extends HTMLElement {
  #chosen: SVGGElement | undefined
  #grip: { actor: SVGGElement; dx: number; dy: number; moved: boolean } | undefined

  connectedCallback(): void {
    const drawings = [...this.querySelectorAll<SVGSVGElement>('svg.map')]
    const frame = drawings[0]?.parentElement
    if (!frame || !this.querySelector('form')) return
    for (const drawing of drawings) drawing.setAttribute('role', 'group')
    // Many actors are wider than the page: begin in their middle.
    frame.scrollLeft = (frame.scrollWidth - frame.clientWidth) / 2
    for (const hint of this.querySelectorAll<HTMLElement>('.map-help')) hint.hidden = false
    for (const actor of this.querySelectorAll<SVGGElement>('g.actor')) {
      actor.setAttribute('tabindex', '0')
      actor.setAttribute('role', 'button')
      actor.setAttribute('aria-pressed', 'false')
      actor.setAttribute('aria-description', actor.dataset.about ?? '')
      actor.addEventListener('keydown', (event) => this.key(event, actor))
      if (fixed(actor)) {
        actor.addEventListener('click', () => this.choose(actor))
        continue
      }
      actor.addEventListener('pointerdown', (event) => this.take(event, actor))
      actor.addEventListener('pointermove', (event) => this.drag(event))
      actor.addEventListener('pointerup', () => this.drop())
      actor.addEventListener('pointercancel', () => (this.#grip = undefined))
    }
    this.classList.add('alive')
  }

  /** The drawing whose places are those of the form. */
  drawing(): SVGSVGElement | null {
    return this.querySelector<SVGSVGElement>('svg.map:not(.narrow)')
  }

  actors(): SVGGElement[] {
    return [...(this.drawing()?.querySelectorAll<SVGGElement>('g.actor') ?? [])]
  }

  spot(actor: SVGGElement): Spot {
    const { x = '0', y = '0', r = '0' } = actor.dataset
    return { x: Number(x), y: Number(y), r: Number(r) }
  }

  /** Where the pointer is, in units of the drawing. */
  pointer(event: PointerEvent): { x: number; y: number } {
    const matrix = this.drawing()?.getScreenCTM()?.inverse()
    return matrix ? new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix) : { x: 0, y: 0 }
  }

  take(event: PointerEvent, actor: SVGGElement): void {
    if (event.button !== 0) return
    const { x, y } = this.pointer(event)
    const spot = this.spot(actor)
    this.#grip = { actor, dx: spot.x - x, dy: spot.y - y, moved: false }
    actor.setPointerCapture(event.pointerId)
    event.preventDefault()
    actor.focus()
  }

  drag(event: PointerEvent): void {
    if (!this.#grip) return
    const { actor, dx, dy } = this.#grip
    const { x, y } = this.pointer(event)
    const now = this.spot(actor)
    if (Math.hypot(x + dx - now.x, y + dy - now.y) < 4 && !this.#grip.moved) return
    this.#grip.moved = true
    this.move(actor, x + dx, y + dy)
  }

  drop(): void {
    const grip = this.#grip
    this.#grip = undefined
    if (!grip) return
    if (grip.moved) this.say('moved', grip.actor)
    else this.choose(grip.actor)
  }

  key(event: KeyboardEvent, actor: SVGGElement): void {
    const step = event.shiftKey ? 40 : 10
    const ways: Record<string, [number, number]> = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, -step],
      ArrowDown: [0, step],
    }
    const way = ways[event.key]
    if (way && fixed(actor)) return
    if (way) {
      const { x, y } = this.spot(actor)
      this.move(actor, x + way[0], y + way[1])
      this.say('moved', actor)
    } else if (event.key === 'Enter' || event.key === ' ') this.choose(actor)
    else if (event.key === 'Escape') this.release()
    else return
    event.preventDefault()
  }

  /** Moves an actor inside the drawing, its lines with it, and writes the place into the form. */
  move(actor: SVGGElement, x: number, y: number): void {
    const box = this.drawing()?.viewBox.baseVal
    if (!box) return
    const within = (value: number, from: number, size: number) =>
      Math.round(Math.min(Math.max(value, from + 50), from + size - 60))
    actor.dataset.x = String(within(x, box.x, box.width))
    actor.dataset.y = String(within(y, box.y, box.height))
    actor.setAttribute('transform', `translate(${actor.dataset.x} ${actor.dataset.y})`)
    const field = this.field(`at-${actor.dataset.actor}`)
    if (field) field.value = `${actor.dataset.x},${actor.dataset.y}`
    for (const line of this.drawing()?.querySelectorAll<SVGGElement>('g.relation') ?? [])
      this.redraw(line, actor.dataset.actor)
  }

  redraw(line: SVGGElement, moved: string | undefined): void {
    const { from, to, kind, shift } = line.dataset
    if (from !== moved && to !== moved) return
    const [a, b] = [from, to].map((id) => this.actors().find((actor) => actor.dataset.actor === id))
    if (!a || !b) return
    const { path, label } = lineOf(kind as LineKind, this.spot(a), this.spot(b), Number(shift))
    line.querySelector('path')?.setAttribute('d', path)
    const word = line.querySelector('text')
    word?.setAttribute('x', String(label.x))
    word?.setAttribute('y', String(label.y))
  }

  field(name: string): HTMLInputElement | HTMLSelectElement | undefined {
    const found = this.querySelector('form')?.elements.namedItem(name)
    return found instanceof HTMLInputElement || found instanceof HTMLSelectElement ? found : undefined
  }

  /** The first one chosen waits for the second; both go into the next empty row of the form. */
  choose(actor: SVGGElement): void {
    const first = this.#chosen
    if (!first || first === actor) {
      this.release()
      if (first === actor) return
      this.#chosen = actor
      actor.setAttribute('aria-pressed', 'true')
      this.say('chosen', actor)
      return
    }
    this.release()
    const rows = [...this.querySelectorAll<HTMLSelectElement>('select[name^="from-"]')]
    const from = rows.find((row) => row.value === '')
    const row = from?.name.slice('from-'.length)
    const [to, kind] = [this.field(`to-${row}`), this.field(`kind-${row}`)]
    if (!from || !to || !kind) return this.say('full', actor)
    from.value = first.dataset.actor ?? ''
    to.value = actor.dataset.actor ?? ''
    this.say('connected', actor)
    kind.focus()
  }

  release(): void {
    this.#chosen?.setAttribute('aria-pressed', 'false')
    this.#chosen = undefined
  }

  /** The page brings the sentences; this only says which one is true now. */
  say(what: 'moved' | 'chosen' | 'connected' | 'full', actor: SVGGElement): void {
    const status = this.querySelector<HTMLElement>('.map-status')
    if (status) status.textContent = (status.dataset[what] ?? '').replace('…', actor.dataset.name ?? '')
  }
}

customElements.define('actor-map', ActorMap)
