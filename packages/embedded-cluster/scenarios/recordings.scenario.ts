import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestCluster, type TestCluster } from './support/cluster.ts'
import { comparable } from './support/recorded.ts'
import { send, type WireAnswer } from './support/wire.ts'

interface Step {
  op: 'apply' | 'merge' | 'post' | 'status'
  manager: string
  force?: boolean
  body: Record<string, unknown>
  code: number
  out: unknown
}

interface Case {
  id: string
  op: 'create' | 'raw' | 'patch' | 'sequence'
  path: string
  manager?: string
  method?: string
  in?: unknown
  type?: string
  create?: { metadata: { name: string } }
  patch?: unknown
  unchangedVersion?: boolean
  name?: string
  steps?: Step[]
  code: number
  out: unknown
}

const file = join(import.meta.dirname, '../testdata/kube-apiserver-1.36.jsonl')
const cases = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case)
const patchTypes: Readonly<Record<string, string>> = {
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  json: 'application/json-patch+json',
  apply: 'application/apply-patch+yaml',
}

describe('[R1] the answers of a recorded API server', () => {
  let test: TestCluster
  beforeAll(async () => {
    test = await startTestCluster({ controllers: false })
    await send(test.cluster, {
      method: 'POST',
      path: '/api/v1/namespaces',
      body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'fix' } },
    })
  })
  afterAll(() => test[Symbol.asyncDispose]())

  const call = (
    method: string,
    path: string,
    request: { body?: unknown; type?: string; query?: Record<string, string> } = {},
  ) => {
    const query = new URLSearchParams(request.query).toString()
    const separator = path.includes('?') ? '&' : '?'
    const { body, type } = request
    return send(test.cluster, {
      method,
      path: query === '' ? path : path + separator + query,
      ...(body === undefined ? {} : { body }),
      ...(type === undefined ? {} : { type }),
    })
  }
  const check = (answer: WireAnswer, expected: { code: number; out: unknown }) => {
    expect(comparable(answer.body, expected.out)).toEqual(comparable(expected.out, expected.out))
    expect(answer.code).toBe(expected.code)
  }

  const runCreate = async (recorded: Case) =>
    check(
      await call('POST', recorded.path, { body: recorded.in, query: { fieldManager: recorded.manager ?? 'recorder' } }),
      recorded,
    )

  const runRaw = async (recorded: Case) => {
    const query = { fieldManager: recorded.manager ?? 'recorder' }
    const request =
      recorded.in === undefined
        ? {}
        : { body: recorded.in, ...(recorded.type === undefined ? {} : { type: recorded.type }), query }
    check(await call(recorded.method ?? 'GET', recorded.path, request), recorded)
  }

  const runPatch = async (recorded: Case) => {
    const created = await call('POST', recorded.path, { body: recorded.create, query: { fieldManager: 'creator' } })
    expect(created.code).toBe(201)
    const type = patchTypes[recorded.type ?? ''] ?? ''
    const answer = await call('PATCH', `${recorded.path}/${recorded.create?.metadata.name}`, {
      body: recorded.patch,
      type,
      query: { fieldManager: 'patcher' },
    })
    check(answer, recorded)
    if (recorded.code === 200) expect(versionOf(answer) === versionOf(created)).toBe(recorded.unchangedVersion)
  }

  const runStep = async (recorded: Case, step: Step) => {
    const object = `${recorded.path}/${recorded.name}`
    const query = { fieldManager: step.manager, ...(step.force === true ? { force: 'true' } : {}) }
    switch (step.op) {
      case 'post':
        return call('POST', recorded.path, { body: step.body, query })
      case 'status':
        return call('PATCH', `${object}/status`, { body: step.body, type: patchTypes.merge ?? '', query })
      default:
        return call('PATCH', object, { body: step.body, type: patchTypes[step.op] ?? '', query })
    }
  }

  const run = async (recorded: Case) => {
    if (recorded.op === 'create') return runCreate(recorded)
    if (recorded.op === 'raw') return runRaw(recorded)
    if (recorded.op === 'patch') return runPatch(recorded)
    for (const step of recorded.steps ?? []) check(await runStep(recorded, step), step)
  }

  // The cases build on each other, so they run in their order in one cluster.
  for (const recorded of cases) it(recorded.id, () => run(recorded))
})

function versionOf(answer: WireAnswer): string | undefined {
  return (answer.body as { metadata?: { resourceVersion?: string } }).metadata?.resourceVersion
}
