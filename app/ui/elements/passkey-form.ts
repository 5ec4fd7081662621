interface Named {
  id: string
  [key: string]: unknown
}
interface Options {
  challenge: string
  user?: Named
  excludeCredentials?: Named[]
  allowCredentials?: Named[]
  [key: string]: unknown
}

function fromText(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
  const bytes = new Uint8Array(plain.length)
  for (let i = 0; i < plain.length; i++) bytes[i] = plain.charCodeAt(i)
  return bytes
}

const toText = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')

const named = (one: Named) => ({ ...one, id: fromText(one.id) })

/** What the server asks, with bytes where the browser wants bytes. */
const inBytes = (options: Options): unknown => ({
  ...options,
  challenge: fromText(options.challenge),
  user: options.user && named(options.user),
  excludeCredentials: options.excludeCredentials && options.excludeCredentials.map(named),
  allowCredentials: options.allowCredentials && options.allowCredentials.map(named),
})

/** What the device answers, as text; only the parts the server checks. */
function inText(credential: PublicKeyCredential): string {
  const response: Record<string, string> = {}
  for (const part of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature']) {
    const value = (credential.response as unknown as Record<string, unknown>)[part]
    if (value instanceof ArrayBuffer) response[part] = toText(value)
  }
  const rawId = toText(credential.rawId)
  return JSON.stringify({ id: credential.id, rawId, type: credential.type, response, clientExtensionResults: {} })
}

/**
 * Around a form that a passkey answers. Hidden until it is known that this browser can; asks the device when the form
 * is sent, puts the answer into the field `answer` and sends it. Says so when the device was not used.
 */
class PasskeyForm extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector('form')
    if (!form || !window.PublicKeyCredential) return
    this.hidden = false
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      this.ask(form)
    })
  }

  ask(form: HTMLFormElement): void {
    const publicKey = inBytes(JSON.parse(this.getAttribute('options') || '{}') as Options)
    const asked =
      this.getAttribute('deed') === 'add'
        ? navigator.credentials.create({ publicKey: publicKey as PublicKeyCredentialCreationOptions })
        : navigator.credentials.get({ publicKey: publicKey as PublicKeyCredentialRequestOptions })
    asked.then(
      (credential) => {
        const field = form.elements.namedItem('answer')
        if (!credential || !(field instanceof HTMLInputElement)) return
        field.value = inText(credential as PublicKeyCredential)
        form.submit()
      },
      () => {
        const message = this.querySelector<HTMLElement>('[role=alert]')
        if (message) message.hidden = false
      },
    )
  }
}

customElements.define('passkey-form', PasskeyForm)
