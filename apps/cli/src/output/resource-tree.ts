import type { Application, ApplicationTree, ResourceNode } from '@driftless/model'
import { keyOf } from './resource-rows.ts'
import { formatTable } from './table.ts'

interface TreeLine {
  readonly node: ResourceNode
  /** The connectors before the name. */
  readonly indent: string
}

/** The tree of live resources, one line each under its owner. */
export function formatTree(tree: ApplicationTree, application: Application, options: { detailed: boolean }): string {
  const managed = new Map((application.status?.resources ?? []).map((resource) => [keyOf(resource), resource]))
  const lines = treeLines(tree.nodes)
  const rows = lines.map(({ node, indent }) => {
    const resource = managed.get(keyOf(node))
    const health = node.health ?? resource?.health
    const status = resource?.status ?? ''
    const name = `${indent}${node.kind}/${node.name}`
    const message = health?.message ?? ''
    return options.detailed
      ? [name, status, health?.status ?? '', age(node.createdAt), message, reason(node)]
      : [name, status, health?.status ?? '', message]
  })
  const headers = options.detailed
    ? ['KIND/NAME', 'STATUS', 'HEALTH', 'AGE', 'MESSAGE', 'REASON']
    : ['KIND/NAME', 'STATUS', 'HEALTH', 'MESSAGE']
  return formatTable(headers, rows)
}

/** Nodes in the order of a tree; what is its own ancestor is shown once. */
export function treeLines(nodes: readonly ResourceNode[]): TreeLine[] {
  const known = new Set(nodes.flatMap(({ uid }) => (uid === undefined ? [] : [uid])))
  const children = new Map<string, ResourceNode[]>()
  const roots: ResourceNode[] = []
  for (const node of [...nodes].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))) {
    const parents = (node.parentRefs ?? []).filter(({ uid }) => uid !== undefined && known.has(uid))
    if (parents.length === 0) roots.push(node)
    for (const { uid = '' } of parents) children.set(uid, [...(children.get(uid) ?? []), node])
  }
  const seen = new Set<ResourceNode>()
  const lines: TreeLine[] = []
  const walk = (node: ResourceNode, { indent, below }: { indent: string; below: string }): void => {
    if (seen.has(node)) return
    seen.add(node)
    lines.push({ node, indent })
    const inner = children.get(node.uid ?? '') ?? []
    inner.forEach((child, index) => {
      const last = index === inner.length - 1
      walk(child, { indent: `${below}${last ? '└─' : '├─'}`, below: `${below}${last ? '  ' : '│ '}` })
    })
  }
  for (const root of roots) walk(root, { indent: '', below: '' })
  return lines
}

/** Time since a moment in its largest unit. */
function age(createdAt: string | undefined): string {
  const created = Date.parse(createdAt ?? '')
  if (Number.isNaN(created)) return ''
  const seconds = Math.max(0, Math.round((Date.now() - created) / 1000))
  if (seconds < 60) return `${seconds}s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`
}

function reason(node: ResourceNode): string {
  return node.info?.find(({ name }) => name === 'Status Reason')?.value ?? ''
}
