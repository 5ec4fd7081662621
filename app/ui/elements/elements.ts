/**
 * Wraps the link that leaves the page. With script it replaces the page in the history, so that Back does not return
 * to it, and answers to Escape pressed twice. Without script the link is a link.
 */
class QuickExit extends HTMLElement {
  #last = 0

  connectedCallback(): void {
    this.addEventListener('click', (event) => {
      event.preventDefault()
      this.leave()
    })
    document.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return
      if (event.timeStamp - this.#last < 700) this.leave()
      this.#last = event.timeStamp
    })
  }

  leave(): void {
    const link = this.querySelector('a')
    if (link) location.replace(link.href)
  }
}

customElements.define('quick-exit', QuickExit)
