import 'hono/jsx'

declare module 'hono/jsx' {
  namespace JSX {
    interface IntrinsicElements {
      /** Leaves the page for a neutral one, also by pressing Escape twice. */
      'quick-exit': { children?: unknown }
      /** Takes words selected in the text over into the fields for single words. */
      'mark-text': { children?: unknown }
      /** Moves and connects actors on the drawing of a map; what changes are the fields of its form. */
      'actor-map': { children?: unknown }
      /** Around a form that a passkey answers; `options` is what the device is asked, as JSON. */
      'passkey-form': { children?: unknown; hidden?: boolean; deed: 'add' | 'enter'; options: string }
    }
  }
}
