import { PassThrough } from 'node:stream'
import type { FastifyBaseLogger } from 'fastify'
import { expect, it } from 'vitest'
import { createLogger } from './log.ts'
import { adminPassword, createTestApp } from './testing/test-app.ts'

/** A logger and all that it wrote. */
function recordLog(options: { isTTY?: boolean } = {}) {
  let text = ''
  const output = Object.assign(new PassThrough(), options)
  output.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8')
  })
  return { logger: createLogger('debug', output as unknown as NodeJS.WriteStream), text: () => text }
}

it('writes one JSON line an entry, and short lines on a terminal', () => {
  const json = recordLog()
  json.logger.info({ application: 'web' }, 'compared')
  expect(JSON.parse(json.text())).toMatchObject({ application: 'web', msg: 'compared', time: expect.any(String) })
  const terminal = recordLog({ isTTY: true })
  terminal.logger.warn({ application: 'web' }, 'late')
  expect(terminal.text()).toMatch(/^\d\d:\d\d:\d\d WARN {2}late application=web\n$/)
})

it('masks credentials in fields and in URLs', () => {
  const log = recordLog()
  log.logger.info(
    { password: 'canary-1', repository: { bearerToken: 'canary-2' } },
    'reading https://ada:canary-3@git.example.com/x',
  )
  expect(log.text()).not.toContain('canary')
})

it('no password, token or key that goes through the API is logged or answered', async () => {
  const log = recordLog()
  await using test = await createTestApp({ logger: log.logger as FastifyBaseLogger })
  const token = (await test.login()).json<{ token: string }>().token
  const answers = [
    await test.login('admin', 'canary-password'),
    await test.request('POST', '/api/v1/repositories', {
      body: {
        repo: 'https://ada:canary-url@git.example.com/missing',
        password: 'canary-secret',
        sshPrivateKey: 'canary-key',
      },
    }),
    await test.request('POST', '/api/v1/clusters', {
      body: { server: 'https://missing.example.com', config: { bearerToken: 'canary-token' } },
    }),
    await test.request('PUT', '/api/v1/account/password', {
      body: { currentPassword: 'canary-current', newPassword: 'canary-new' },
    }),
  ]
  expect(answers.map((answer) => answer.statusCode)).toEqual([401, 400, 500, 400])
  for (const text of [log.text(), ...answers.map((answer) => answer.body)]) {
    expect(text).not.toContain('canary')
    expect(text).not.toContain(adminPassword)
    expect(text).not.toContain(token)
  }
  expect(log.text()).toContain('request failed')
})
