/** The login page's address; `from` is where to return to. */
export function loginPath(from: string | undefined): string {
  return from === undefined || from === '/' || from.startsWith('/login')
    ? '/login'
    : `/login?return_url=${encodeURIComponent(from)}`
}

/** Where to go after login: a path of this console, never another site. */
export function safeReturnUrl(value: string | null | undefined): string {
  // Browsers read a backslash as a slash and drop tabs and newlines, so anything but plain path characters is refused.
  if (value === null || value === undefined || !/^\/(?![/\\])[^\\\s]*$/.test(value)) return '/applications'
  const resolved = new URL(value, 'http://console.invalid')
  return resolved.origin === 'http://console.invalid'
    ? resolved.pathname + resolved.search + resolved.hash
    : '/applications'
}
