import type { ResourceNode } from '@driftless/model'
import { describe, expect, it } from 'vitest'
import { layoutTree, measures, type TreeLayout, type TreeRequest } from '../src/index.ts'

interface Seed {
  kind: string
  name: string
  of?: string
  health?: NonNullable<NonNullable<ResourceNode['health']>['status']>
  revision?: number
}

function node({ kind, name, of, health, revision }: Seed): ResourceNode {
  return {
    group: '',
    version: 'v1',
    kind,
    namespace: 'demo',
    name,
    uid: `${kind}-${name}`,
    ...(of === undefined
      ? {}
      : {
          parentRefs: [
            {
              group: '',
              kind: of.split('/')[0] ?? '',
              namespace: 'demo',
              name: of.split('/')[1] ?? '',
              uid: of.replace('/', '-'),
            },
          ],
        }),
    ...(health === undefined ? {} : { health: { status: health } }),
    ...(revision === undefined ? {} : { info: [{ name: 'Revision', value: `Rev:${revision}` }] }),
  }
}

const layout = (seeds: readonly Seed[], more: Partial<TreeRequest> = {}) =>
  layoutTree({ root: { name: 'app', health: 'Healthy' }, nodes: seeds.map(node), ...more })

/** `depth title` of every box from top to bottom, with `!` for red. */
function linesOf(tree: TreeLayout): string[] {
  return [...tree.boxes]
    .sort((a, b) => a.depth - b.depth || a.y - b.y)
    .map((box) => {
      const title = box.node
        ? `${box.node.kind}/${box.node.name}`
        : box.nodes
          ? `${box.nodes[0]?.kind}×${box.nodes.length}`
          : 'app'
      return `${box.depth} ${title}${box.red ? ' !' : ''}`
    })
}

const workload: Seed[] = [
  { kind: 'Service', name: 'web' },
  { kind: 'Deployment', name: 'web' },
  { kind: 'ReplicaSet', name: 'web-1', of: 'Deployment/web', revision: 1 },
  { kind: 'ReplicaSet', name: 'web-2', of: 'Deployment/web', revision: 2 },
  { kind: 'Pod', name: 'web-2-a', of: 'ReplicaSet/web-2', health: 'Healthy' },
  { kind: 'Pod', name: 'web-2-b', of: 'ReplicaSet/web-2', health: 'Healthy' },
]

describe('structure', () => {
  it('[T1] nodes hang below their owners, workloads first, newest revision first', () => {
    expect(linesOf(layout(workload))).toEqual([
      '0 app',
      '1 Deployment/web',
      '1 Service/web',
      '2 ReplicaSet/web-2',
      '2 ReplicaSet/web-1',
      '3 Pod/web-2-a',
      '3 Pod/web-2-b',
    ])
  })

  it('[T2] a node whose owner is unknown, or that owns itself, hangs below the application', () => {
    const seeds = [
      { kind: 'Pod', name: 'lost', of: 'ReplicaSet/gone' },
      { kind: 'A', name: 'a', of: 'B/b' },
      { kind: 'B', name: 'b', of: 'A/a' },
      { kind: 'C', name: 'c', of: 'C/c' },
    ]
    const tree = layout(seeds)
    expect(tree.boxes).toHaveLength(5)
    expect(new Set(tree.boxes.map(({ id }) => id)).size).toBe(5)
  })

  it('[T3] numbers in names are ordered as numbers', () => {
    const pods = [10, 9, 1].map((n) => ({ kind: 'Pod', name: `db-${n}` }))
    expect(linesOf(layout(pods)).slice(1)).toEqual(['1 Pod/db-1', '1 Pod/db-9', '1 Pod/db-10'])
  })
})

describe('red', () => {
  it('[R1] the way from the application to what is degraded is red, and comes first', () => {
    const seeds = workload.map((seed) => (seed.name === 'web-2-b' ? { ...seed, health: 'Degraded' as const } : seed))
    const tree = layout([{ kind: 'Deployment', name: 'calm' }, ...seeds])
    expect(linesOf(tree).filter((line) => line.endsWith('!'))).toEqual([
      '0 app !',
      '1 Deployment/web !',
      '2 ReplicaSet/web-2 !',
      '3 Pod/web-2-b !',
    ])
    expect(linesOf(tree)[1]).toBe('1 Deployment/web !')
    expect(tree.edges.filter(({ red }) => red)).toHaveLength(3)
    expect(tree.redPaths).toBe(1)
  })
})

describe('groups', () => {
  const maps = (count: number): Seed[] =>
    Array.from({ length: count }, (_, i) => ({ kind: 'ConfigMap', name: `c${i}` }))

  it('[G1] more than fifty siblings of a kind are one box, fifty are not', () => {
    expect(linesOf(layout(maps(51)))).toEqual(['0 app', '1 ConfigMap×51'])
    expect(layout(maps(50)).boxes).toHaveLength(51)
  })

  it('[G2] when asked, siblings of one kind are one box; workloads and what is red stay apart', () => {
    const seeds: Seed[] = [
      ...maps(3),
      { kind: 'ConfigMap', name: 'bad', health: 'Degraded' },
      { kind: 'Deployment', name: 'a' },
      { kind: 'Deployment', name: 'b' },
    ]
    expect(linesOf(layout(seeds, { groupKinds: true }))).toEqual([
      '0 app !',
      '1 ConfigMap/bad !',
      '1 Deployment/a',
      '1 Deployment/b',
      '1 ConfigMap×3',
    ])
  })

  it('[G3] what hangs below grouped nodes is grouped below the group', () => {
    const seeds: Seed[] = ['a', 'b'].flatMap((name) => [
      { kind: 'Service', name },
      { kind: 'EndpointSlice', name: `${name}-1`, of: `Service/${name}` },
      { kind: 'EndpointSlice', name: `${name}-2`, of: `Service/${name}` },
    ])
    expect(linesOf(layout(seeds, { groupKinds: true }))).toEqual(['0 app', '1 Service×2', '2 EndpointSlice×4'])
  })

  it('[G4] more pods than the limit become one box of squares, ten a row, whatever their health', () => {
    const pods: Seed[] = Array.from({ length: 18 }, (_, i) => ({
      kind: 'Pod',
      name: `p${i}`,
      health: i === 0 ? 'Degraded' : 'Healthy',
    }))
    const box = layout(pods).boxes[1]
    expect(box).toMatchObject({ type: 'pods', height: 64, red: true, health: 'Degraded' })
    expect(layout(pods, { podGroupCount: 18 }).boxes).toHaveLength(19)
  })

  it('[G5] an expanded group shows its members, which name their group', () => {
    const grouped = layout(maps(60))
    const id = grouped.boxes[1]?.id ?? ''
    const opened = layout(maps(60), { expanded: new Set([id]) })
    expect(opened.boxes).toHaveLength(61)
    expect(opened.boxes[1]?.groupId).toBe(id)
  })

  it('[G6] a group shows the worst health and whether something is out of sync or to be pruned', () => {
    const statuses = {
      '/ConfigMap/demo/c0': { sync: 'Synced' },
      '/ConfigMap/demo/c1': { sync: 'OutOfSync', requiresPruning: true },
    }
    expect(layout(maps(2), { groupKinds: true, statuses }).boxes[1]).toMatchObject({
      sync: 'OutOfSync',
      requiresPruning: true,
    })
  })

  it('[G7] a collapsed box hides what is below it and counts its children', () => {
    const tree = layout(workload, { collapsed: new Set(['/Deployment/demo/web']) })
    expect(linesOf(tree)).toEqual(['0 app', '1 Deployment/web', '1 Service/web'])
    expect(tree.boxes.find(({ id }) => id === '/Deployment/demo/web')).toMatchObject({ collapsed: true, childCount: 2 })
  })
})

describe('filter', () => {
  it.each([
    [{ name: '2-b' }, ['0 app', '1 Deployment/web', '2 ReplicaSet/web-2', '3 Pod/web-2-b']],
    [{ name: 'web-?-A' }, ['0 app', '1 Deployment/web', '2 ReplicaSet/web-2', '3 Pod/web-2-a']],
    [{ kinds: ['Service'] }, ['0 app', '1 Service/web']],
    [{ health: ['Healthy'], name: 'a' }, ['0 app', '1 Deployment/web', '2 ReplicaSet/web-2', '3 Pod/web-2-a']],
    [{ sync: ['OutOfSync'] }, ['0 app', '1 Service/web']],
    [{ namespaces: ['other'] }, ['0 app']],
  ])('[F1] %j leaves the matches and their ancestors', (filter, expected) => {
    const statuses = { '/Service/demo/web': { sync: 'OutOfSync' }, '/Deployment/demo/web': { sync: 'Synced' } }
    expect(linesOf(layout(workload, { filter, statuses }))).toEqual(expected)
  })
})

describe('places', () => {
  function overlaps(tree: TreeLayout): number {
    const columns = new Map<number, { y: number; height: number }[]>()
    for (const box of tree.boxes) columns.set(box.x, [...(columns.get(box.x) ?? []), box])
    let count = 0
    for (const column of columns.values()) {
      column.sort((a, b) => a.y - b.y)
      column.forEach((box, at) => {
        const next = column[at + 1]
        if (next !== undefined && box.y + box.height > next.y) count += 1
      })
    }
    return count
  }

  it('[L1] columns are 228 apart, rows 56; a parent stands in the middle of its children, the root beside its first', () => {
    const tree = layout(workload)
    const at = (id: string) => tree.boxes.find((box) => box.id === id)
    expect(at('/Pod/demo/web-2-b')).toMatchObject({ x: 16 + 3 * 228, y: 16 + 56 })
    expect(at('/ReplicaSet/demo/web-2')?.y).toBe(16 + 28)
    expect(at('application')?.y).toBe(at('/Deployment/demo/web')?.y)
    expect(tree.width).toBe(16 + 3 * 228 + 192 + 16)
  })

  it('[L2] edges go from the right of the parent to the left of the child with at most one vertical line', () => {
    const { edges } = layout(workload)
    expect(edges.map(({ points }) => points.length).every((count) => count === 2 || count === 4)).toBe(true)
    for (const { points } of edges) expect((points.at(-1)?.x ?? 0) - (points[0]?.x ?? 0)).toBe(measures.columnGap)
  })

  it('[L3] no boxes overlap, every node is drawn once, and the same input gives the same drawing', () => {
    for (let seed = 1; seed < 40; seed += 1) {
      const seeds: Seed[] = Array.from({ length: 40 + seed }, (_, i) => ({
        kind: ['Pod', 'ReplicaSet', 'ConfigMap'][(i * seed) % 3] ?? 'Pod',
        name: `n${i}`,
        health: (i * 7) % (seed + 3) === 0 ? ('Degraded' as const) : ('Healthy' as const),
      }))
      seeds.forEach((item, i) => {
        const parent = seeds[Math.floor(i / ((seed % 4) + 2))]
        if (i > 3 && parent !== undefined && parent !== item) item.of = `${parent.kind}/${parent.name}`
      })
      const tree = layout(seeds, { groupKinds: seed % 2 === 0 })
      expect(overlaps(tree)).toBe(0)
      const drawn = tree.boxes.flatMap((box) => box.nodes ?? (box.node ? [box.node] : []))
      expect(new Set(drawn.map(({ uid }) => uid)).size).toBe(seeds.length)
      expect(drawn).toHaveLength(seeds.length)
      expect(layout(seeds, { groupKinds: seed % 2 === 0 })).toEqual(tree)
    }
  })

  it('[L4] a chain of ten thousand owners is drawn', () => {
    const chain: Seed[] = Array.from({ length: 10_000 }, (_, i) => ({
      kind: 'A',
      name: `n${i}`,
      ...(i === 0 ? {} : { of: `A/n${i - 1}` }),
    }))
    expect(layout(chain).boxes).toHaveLength(10_001)
  })
})
