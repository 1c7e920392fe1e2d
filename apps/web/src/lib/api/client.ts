import { createClient } from '@driftless/contract'

/** The only way to the server: same origin, with the session's cookie. */
export const api = createClient({ baseUrl: '', fetch: (input, init) => fetch(input, init) })
