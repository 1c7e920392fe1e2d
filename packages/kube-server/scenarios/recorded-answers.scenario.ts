import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from './support/server.ts'

// Answers of a real API server (see SPEC.md, "Recordings") that depend on no rule of a built-in kind.

interface Case {
  id: string
  op: 'create' | 'raw' | 'patch' | 'sequence'
  path: string
  method?: string
  name?: string
  in?: unknown
  type?: string
  create?: { metadata: { name: string } }
  patch?: unknown
  code?: number
  out?: unknown
  unchangedVersion?: boolean
  steps?: Step[]
}

interface Step {
  op: 'apply' | 'merge' | 'post' | 'status'
  manager: string
  force?: boolean
  body: unknown
  code: number
  out: unknown
}

const cases = readFileSync(join(import.meta.dirname, '../testdata/recorded-cases.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Case)

const patchTypes: Record<string, string> = {
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  json: 'application/json-patch+json',
  apply: 'application/apply-patch+yaml',
}

describe('recorded answers', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const byManager = (path: string, manager: string) => `${path}${path.includes('?') ? '&' : '?'}fieldManager=${manager}`

  for (const recorded of cases) {
    it(recorded.id, async () => {
      if (recorded.op === 'create') {
        const answer = await server.request(byManager(recorded.path, 'recorder'), { method: 'POST', body: recorded.in })
        expect(comparable(answer.json)).toEqual(comparable(recorded.out))
        expect(answer.code).toBe(recorded.code)
      } else if (recorded.op === 'raw') await replayRaw(server, recorded)
      else if (recorded.op === 'patch') await replayPatch(server, recorded)
      else await replaySequence(server, recorded)
    })
  }

  async function replayRaw(target: TestServer, { path, method, in: body, type, code, out }: Case): Promise<void> {
    const answer = await target.request(path, {
      ...(method === undefined ? {} : { method }),
      body,
      ...(type === undefined ? {} : { type }),
    })
    const expected = out as { text?: string }
    if (expected.text === undefined) expect(comparable(answer.json)).toEqual(comparable(out))
    else expect(answer.text.trim()).toBe(expected.text)
    expect(answer.code).toBe(code)
  }

  async function replayPatch(target: TestServer, recorded: Case): Promise<void> {
    const created = await target.request(byManager(recorded.path, 'creator'), { method: 'POST', body: recorded.create })
    const name = recorded.create?.metadata.name
    const answer = await target.request(byManager(`${recorded.path}/${name}`, 'patcher'), {
      method: 'PATCH',
      body: recorded.patch,
      type: patchTypes[recorded.type ?? ''] ?? '',
    })
    expect(comparable(answer.json)).toEqual(comparable(recorded.out))
    expect(answer.code).toBe(recorded.code)
    expect(answer.json.metadata.resourceVersion === created.json.metadata.resourceVersion).toBe(
      recorded.unchangedVersion,
    )
  }

  async function replaySequence(target: TestServer, recorded: Case): Promise<void> {
    for (const step of recorded.steps ?? []) {
      const item = `${recorded.path}/${recorded.name}`
      const force = step.force === true ? '&force=true' : ''
      const answer =
        step.op === 'post'
          ? await target.request(byManager(recorded.path, step.manager), { method: 'POST', body: step.body })
          : await target.request(byManager(step.op === 'status' ? `${item}/status` : item, step.manager) + force, {
              method: 'PATCH',
              body: step.body,
              type: patchTypes[step.op === 'status' ? 'merge' : step.op] ?? '',
            })
      expect(comparable(answer.json)).toEqual(comparable(step.out))
      expect(answer.code).toBe(step.code)
    }
  }
})

/** An answer without what the server chose: uids, versions, times. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(
    ([field]) => !['uid', 'resourceVersion', 'creationTimestamp', 'time'].includes(field),
  )
  return Object.fromEntries(kept.map(([field, child]) => [field, comparable(child)]))
}
