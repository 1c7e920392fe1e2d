// Prints how many checks a second the enforcer answers in a second of CPU time, by the number of policy lines, and how long a list takes to filter.
import { type AccessPolicy, createEnforcer } from '../src/index.ts'

const seconds = 1

for (const lines of [50, 1_000, 10_000, 100_000]) measure(lines)

function measure(lines: number): void {
  const started = performance.now()
  const enforcer = createEnforcer(policyOf(lines))
  const built = performance.now() - started
  const caller = enforcer.identify({ sub: 'ann', groups: ['staff', 'ops'] })
  const requests = Array.from({ length: 1_000 }, (_, index) => ({
    resource: 'applications',
    action: index % 3 === 0 ? 'sync' : 'get',
    object: `team-${index % lines}/app-${index}`,
  }))
  const first = performance.now()
  for (const request of requests) enforcer.enforce(caller, request)
  const warmed = performance.now() - first
  let checks = 0
  let allowed = 0
  const begin = performance.now()
  const cpu = process.cpuUsage()
  while (performance.now() - begin < seconds * 1_000)
    for (const request of requests) {
      checks += 1
      if (enforcer.enforce(caller, request)) allowed += 1
    }
  const { user, system } = process.cpuUsage(cpu)
  const rate = checks / ((user + system) / 1_000_000)
  const list = Array.from({ length: 10_000 }, (_, index) => `team-${index % 500}/app-${index}`)
  const filterStart = performance.now()
  const kept = list.filter(enforcer.permits(caller, 'applications', 'get')).length
  const filtered = performance.now() - filterStart
  const projects = Array.from({ length: 1_000 }, (_, index) => `team-${index}`)
  const setsStart = performance.now()
  enforcer.projectAccess(caller, { resource: 'applications', action: 'get' }, projects)
  const sets = performance.now() - setsStart
  process.stdout.write(
    `${String(lines).padStart(7)} lines: ${(rate / 1e6).toFixed(2)} M checks a CPU second (${((100 * allowed) / checks).toFixed(0)} % allowed), ` +
      `compile ${built.toFixed(1)} ms, first 1,000 checks ${warmed.toFixed(1)} ms, ` +
      `filter 10,000 ${filtered.toFixed(1)} ms (${kept} kept), 1,000 projects ${sets.toFixed(1)} ms\n`,
  )
}

function policyOf(lines: number): AccessPolicy {
  const kinds = [
    (index: number) => `p, role:staff, applications, get, team-${index}/*, allow`,
    (index: number) => `p, ann, applications, sync, team-${index}/app-*, allow`,
    (index: number) => `p, user-${index}, applications, *, team-${index}/*, allow`,
    (index: number) => `p, role:staff, applications, get, */secret-${index}, deny`,
  ]
  const rules = Array.from({ length: lines - 2 }, (_, index) => kinds[index % kinds.length]?.(index) ?? '')
  return { user: [...rules, 'g, staff, role:staff', 'g, ann, role:staff'].join('\n') }
}
