import type { JsonObject } from '@driftless/kube-objects'
import { labelFaults } from '@driftless/kube-server'
import { isRecord, list, number, record, records, text } from '../json.ts'
import { checkPort, configKeyFaults, environmentNameFaults, portNameFaults } from './formats.ts'
import { checkHandlers } from './probe.ts'
import type { Problems } from './problems.ts'
import { checkResources } from './resources.ts'

const protocols = ['TCP', 'UDP', 'SCTP']
const pullPolicies = ['Always', 'IfNotPresent', 'Never']
const messagePolicies = ['File', 'FallbackToLogsOnError']
const fieldPaths = new Set([
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'metadata.labels',
  'metadata.annotations',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.podIP',
  'status.hostIPs',
  'status.podIPs',
])

/** What a container may refer to in its pod. */
export interface ContainerSurroundings {
  readonly volumes: ReadonlySet<string>
  /** Names of the containers before it, of every sort. */
  readonly taken: Set<string>
  readonly isInit: boolean
}

/** Checks one container of a pod. */
export function checkContainer(
  problems: Problems,
  field: string,
  facts: { container: JsonObject; around: ContainerSurroundings },
): void {
  const { container, around } = facts
  const name = text(container.name)
  if (name === '') problems.required(`${field}.name`)
  else for (const fault of labelFaults(name)) problems.invalid(`${field}.name`, name, fault)
  checkImage(problems, field, container)
  if (container.terminationMessagePolicy === undefined) problems.required(`${field}.terminationMessagePolicy`)
  else if (!messagePolicies.includes(text(container.terminationMessagePolicy))) {
    problems.unsupported(`${field}.terminationMessagePolicy`, container.terminationMessagePolicy, messagePolicies)
  }
  checkPorts(problems, `${field}.ports`, records(container.ports))
  checkEnvironment(problems, field, container)
  checkMounts(problems, `${field}.volumeMounts`, { mounts: records(container.volumeMounts), volumes: around.volumes })
  checkPullPolicy(problems, field, container)
  checkResources(problems, `${field}.resources`, container.resources)
  checkSecurity(problems, `${field}.securityContext`, container.securityContext)
  if (name !== '' && around.taken.has(name)) problems.duplicate(`${field}.name`, name)
  around.taken.add(name)
  if (!around.isInit || container.restartPolicy === 'Always') checkHandlers(problems, field, container)
  else checkNoHandlers(problems, field, container)
  checkRestartPolicy(problems, field, facts)
}

function checkImage(problems: Problems, field: string, container: JsonObject): void {
  const image = text(container.image)
  if (image === '') problems.required(`${field}.image`)
  else if (image !== image.trim())
    problems.invalid(`${field}.image`, image, 'must not have leading or trailing whitespace')
}

function checkPullPolicy(problems: Problems, field: string, container: JsonObject): void {
  const policy = text(container.imagePullPolicy)
  if (policy === '') problems.required(`${field}.imagePullPolicy`)
  else if (!pullPolicies.includes(policy)) problems.unsupported(`${field}.imagePullPolicy`, policy, pullPolicies)
}

function checkRestartPolicy(
  problems: Problems,
  field: string,
  facts: { container: JsonObject; around: ContainerSurroundings },
): void {
  const { restartPolicy } = facts.container
  if (restartPolicy === undefined) return
  if (facts.around.isInit && restartPolicy !== 'Always')
    problems.unsupported(`${field}.restartPolicy`, restartPolicy, ['Always'])
  else if (!facts.around.isInit) problems.forbidden(`${field}.restartPolicy`, 'may not be set for non-init containers')
}

function checkNoHandlers(problems: Problems, field: string, container: JsonObject): void {
  for (const name of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe']) {
    if (isRecord(container[name]))
      problems.forbidden(`${field}.${name}`, 'may not be set for init containers without restartPolicy=Always')
  }
}

function checkPorts(problems: Problems, field: string, ports: readonly JsonObject[]): void {
  const names = new Set<string>()
  for (const [index, port] of ports.entries()) {
    const at = `${field}[${index}]`
    const name = text(port.name)
    if (name !== '') {
      const faults = portNameFaults(name)
      for (const fault of faults) problems.invalid(`${at}.name`, name, fault)
      if (faults.length === 0 && names.has(name)) problems.duplicate(`${at}.name`, name)
      names.add(name)
    }
    if (number(port.containerPort) === 0) problems.required(`${at}.containerPort`)
    else checkPort(problems, `${at}.containerPort`, port.containerPort)
    if (number(port.hostPort) !== 0) checkPort(problems, `${at}.hostPort`, port.hostPort)
    if (text(port.protocol) === '') problems.required(`${at}.protocol`)
    else if (!protocols.includes(text(port.protocol))) problems.unsupported(`${at}.protocol`, port.protocol, protocols)
  }
}

function checkEnvironment(problems: Problems, field: string, container: JsonObject): void {
  for (const [index, variable] of records(container.env).entries()) {
    const at = `${field}.env[${index}]`
    const name = text(variable.name)
    if (name === '') problems.required(`${at}.name`)
    else for (const fault of environmentNameFaults(name)) problems.invalid(`${at}.name`, name, fault)
    if (isRecord(variable.valueFrom)) checkValueFrom(problems, `${at}.valueFrom`, variable)
  }
  for (const [index, source] of records(container.envFrom).entries()) {
    const at = `${field}.envFrom[${index}]`
    const given = ['configMapRef', 'secretRef'].filter((kind) => isRecord(source[kind]))
    if (given.length === 0) problems.invalid(at, '', 'must specify one of: `configMapRef` or `secretRef`')
    if (given.length > 1) problems.invalid(at, '', 'may not have more than one field specified at a time')
    for (const kind of given) if (text(record(source[kind]).name) === '') problems.required(`${at}.${kind}.name`)
  }
}

function checkValueFrom(problems: Problems, field: string, variable: JsonObject): void {
  const from = record(variable.valueFrom)
  const kinds = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'].filter((kind) =>
    isRecord(from[kind]),
  )
  if (kinds.length === 0)
    problems.invalid(
      field,
      '',
      'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
    )
  else if (text(variable.value) !== '') problems.invalid(field, '', 'may not be specified when `value` is not empty')
  if (kinds.length > 1) problems.invalid(field, '', 'may not have more than one field specified at a time')
  if (isRecord(from.fieldRef)) checkFieldRef(problems, `${field}.fieldRef`, from.fieldRef)
  for (const kind of ['configMapKeyRef', 'secretKeyRef']) {
    if (!isRecord(from[kind])) continue
    const { name, key } = record(from[kind])
    if (text(name) === '') problems.required(`${field}.${kind}.name`)
    if (text(key) === '') problems.required(`${field}.${kind}.key`)
    else for (const fault of configKeyFaults(text(key))) problems.invalid(`${field}.${kind}.key`, key, fault)
  }
}

function checkFieldRef(problems: Problems, field: string, reference: JsonObject): void {
  const path = text(reference.fieldPath)
  if (path === '') {
    problems.required(`${field}.fieldPath`)
    return
  }
  const subscript = /^(metadata\.(?:labels|annotations))\['.*'\]$/.exec(path)
  const plain = subscript?.[1] ?? path
  if (subscript === null && (plain === 'metadata.labels' || plain === 'metadata.annotations')) {
    problems.unsupported(`${field}.fieldPath`, path, environmentPaths)
  } else if (!fieldPaths.has(plain)) {
    problems.invalid(`${field}.fieldPath`, path, `error converting fieldPath: field label not supported: ${path}`)
  }
}

const environmentPaths = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
]

function checkMounts(
  problems: Problems,
  field: string,
  facts: { mounts: JsonObject[]; volumes: ReadonlySet<string> },
): void {
  const paths = new Set<string>()
  for (const [index, mount] of facts.mounts.entries()) {
    const at = `${field}[${index}]`
    const name = text(mount.name)
    const path = text(mount.mountPath)
    if (name === '') problems.required(`${at}.name`)
    else if (!facts.volumes.has(name)) problems.missing(`${at}.name`, name)
    if (path === '') problems.required(`${at}.mountPath`)
    if (path !== '' && paths.has(path)) problems.invalid(`${at}.mountPath`, path, 'must be unique')
    paths.add(path)
    const subPath = text(mount.subPath)
    if (subPath.startsWith('/')) problems.invalid(`${at}.subPath`, subPath, 'must be a relative path')
    if (subPath.split('/').includes('..')) problems.invalid(`${at}.subPath`, subPath, "must not contain '..'")
    if (subPath !== '' && text(mount.subPathExpr) !== '')
      problems.invalid(`${at}.subPathExpr`, mount.subPathExpr, 'subPathExpr and subPath are mutually exclusive')
  }
}

function checkSecurity(problems: Problems, field: string, context: unknown): void {
  if (!isRecord(context)) return
  for (const name of ['runAsUser', 'runAsGroup']) {
    const id = context[name]
    if (typeof id === 'number' && (id < 0 || id > 2_147_483_647))
      problems.invalid(`${field}.${name}`, id, 'must be between 0 and 2147483647, inclusive')
  }
  if (context.allowPrivilegeEscalation === false) {
    if (context.privileged === true)
      problems.invalid(
        field,
        goForm(context),
        'cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
      )
    if (list(record(context.capabilities).add).includes('CAP_SYS_ADMIN')) {
      problems.invalid(
        field,
        goForm(context),
        'cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN',
      )
    }
  }
}

/** The server prints its internal type where a whole security context is at fault. */
function goForm(context: JsonObject): JsonObject {
  const names = [
    'Capabilities',
    'Privileged',
    'SELinuxOptions',
    'WindowsOptions',
    'RunAsUser',
    'RunAsGroup',
    'RunAsNonRoot',
  ]
  const more = ['ReadOnlyRootFilesystem', 'AllowPrivilegeEscalation', 'ProcMount', 'SeccompProfile', 'AppArmorProfile']
  const own = (name: string) =>
    name.startsWith('SE') ? `se${name.slice(2)}` : name.charAt(0).toLowerCase() + name.slice(1)
  return Object.fromEntries([...names, ...more].map((name) => [name, context[own(name)] ?? null]))
}
