const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

const always: readonly (readonly [string, string])[] = [
  ['content-security-policy', policy],
  ['referrer-policy', 'same-origin'],
  ['x-content-type-options', 'nosniff'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), geolocation=(), microphone=(), browsing-topics=()'],
  ['cache-control', 'no-store'],
]
const overTls = [...always, ['strict-transport-security', 'max-age=31536000; includeSubDomains'] as const]

/** No foreign host, no inline code, nothing framed, no address passed on. */
export const securityHeaders = (secure: boolean): readonly (readonly [string, string])[] => (secure ? overTls : always)
