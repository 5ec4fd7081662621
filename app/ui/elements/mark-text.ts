/**
 * Wraps a text and the fields for single words taken from it. With script, words selected in the text go into the next
 * empty field at the press of a button; without, they are typed.
 */
class MarkText extends HTMLElement {
  connectedCallback(): void {
    const bar = this.querySelector<HTMLElement>('.mark-bar')
    if (!bar) return
    this.classList.add('ready')
    // The button must not take the selection away before it was read.
    bar.addEventListener('mousedown', (event) => event.preventDefault())
    bar.addEventListener('click', (event) => {
      const what = (event.target as HTMLElement).getAttribute('data-what')
      if (what) this.take(what)
    })
  }

  /** The words selected inside the text; '' when the selection lies elsewhere. */
  selected(): string {
    const selection = getSelection()
    const within = selection?.anchorNode?.parentElement?.closest('.passages')
    return within && this.contains(within) ? String(selection).trim() : ''
  }

  take(what: string): void {
    const words = this.selected()
    const row = [...this.querySelectorAll('.quotations li')].find((one) => one.querySelector('input')?.value === '')
    const field = row?.querySelector('input')
    const choice = row?.querySelector('select')
    if (words === '' || !field || !choice) return
    field.value = words
    choice.value = what
    const role = row?.querySelector<HTMLInputElement>('.role input')
    if (what === 'role') role?.focus()
  }
}

customElements.define('mark-text', MarkText)
