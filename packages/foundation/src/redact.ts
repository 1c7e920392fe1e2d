const mask = '******'

/** Replaces the user information of every URL in a text, whatever surrounds it. */
export function redactUrls(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@'"]*@/gi, `$1${mask}@`)
}

/** Builds a function that masks known secrets (also base64 and URL-encoded) and URL credentials in texts. */
export function createRedactor(secrets: Iterable<string>): (text: string) => string {
  const forms = new Set<string>()
  for (const secret of secrets) {
    if (secret.length < 4) continue
    forms.add(secret)
    forms.add(encodeURIComponent(secret))
    forms.add(toBase64(secret))
  }
  const ordered = [...forms].sort((a, b) => b.length - a.length)
  return (text) => redactUrls(ordered.reduce((masked, form) => masked.replaceAll(form, mask), text))
}

function toBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text))).replace(/=+$/, '')
}
