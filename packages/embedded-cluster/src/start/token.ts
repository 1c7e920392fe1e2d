import { randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writePrivateFile } from './private-file.ts'

/** The bearer token of the cluster's administrator, made once and kept readable by its owner alone. */
export function loadToken(directory: string): string {
  const file = join(directory, 'token')
  if (existsSync(file)) {
    const kept = readFileSync(file, 'utf8').trim()
    if (kept !== '') return kept
  }
  const token = randomBytes(32).toString('base64url')
  writePrivateFile(file, `${token}\n`)
  return token
}

/** Tells who a request is from by its `Authorization` header; `undefined` for anybody but the administrator. */
export function tokenAuthenticator(token: string): (authorization: string | undefined) => { user: string } | undefined {
  const expected = Buffer.from(`Bearer ${token}`)
  return (authorization) => {
    const given = Buffer.from(authorization ?? '')
    return given.length === expected.length && timingSafeEqual(given, expected)
      ? { user: 'kubernetes-admin' }
      : undefined
  }
}
