import { measures, type TreeBox, type TreeEdge, type TreeLayout } from './tree-layout.ts'

/**
 * Gives every box its place and draws the edges. Each subtree takes a band of its own; a parent stands in the middle of
 * its children, the root beside its first child so that it stays in view.
 */
export function placeBoxes(boxes: readonly TreeBox[]): Omit<TreeLayout, 'redPaths'> {
  const children = childrenByParent(boxes)
  let cursor: number = measures.margin
  let width = 0
  for (const box of postOrder(boxes, children)) {
    box.x = measures.margin + box.depth * (measures.nodeWidth + measures.columnGap)
    width = Math.max(width, box.x + box.width)
    const below = children.get(box.id)
    const first = below?.[0]
    const last = below?.at(-1)
    if (first === undefined || last === undefined) {
      box.y = cursor
      cursor += box.height + measures.rowGap
    } else {
      const middle = box.depth === 0 ? centre(first) : (centre(first) + centre(last)) / 2
      box.y = Math.round(middle - box.height / 2)
    }
  }
  const height = cursor - measures.rowGap + measures.margin
  return { width: width + measures.margin, height, boxes: [...boxes], edges: drawEdges(boxes) }
}

function childrenByParent(boxes: readonly TreeBox[]): Map<string, TreeBox[]> {
  const children = new Map<string, TreeBox[]>()
  for (const box of boxes) {
    if (box.parent === undefined) continue
    const siblings = children.get(box.parent)
    if (siblings === undefined) children.set(box.parent, [box])
    else siblings.push(box)
  }
  return children
}

/** Children before their parents, siblings in order; a stack instead of recursion, since a tree may be a very long chain. */
function postOrder(boxes: readonly TreeBox[], children: ReadonlyMap<string, readonly TreeBox[]>): TreeBox[] {
  const root = boxes[0]
  if (root === undefined) return []
  const result: TreeBox[] = []
  const stack = [root]
  for (let box = stack.pop(); box !== undefined; box = stack.pop()) {
    result.push(box)
    for (const child of children.get(box.id) ?? []) stack.push(child)
  }
  return result.reverse()
}

function drawEdges(boxes: readonly TreeBox[]): TreeEdge[] {
  const byId = new Map(boxes.map((box) => [box.id, box]))
  return boxes.flatMap((box) => {
    const parent = box.parent === undefined ? undefined : byId.get(box.parent)
    if (parent === undefined) return []
    return [{ from: parent.id, to: box.id, red: box.red, points: edgePoints(parent, box) }]
  })
}

/** Straight where both ends are level, else with one vertical line in the middle of the gap. */
function edgePoints(from: TreeBox, to: TreeBox): { x: number; y: number }[] {
  const start = { x: from.x + from.width, y: centre(from) }
  const end = { x: to.x, y: centre(to) }
  if (start.y === end.y) return [start, end]
  const middle = start.x + measures.columnGap / 2
  return [start, { x: middle, y: start.y }, { x: middle, y: end.y }, end]
}

function centre(box: TreeBox): number {
  return box.y + box.height / 2
}
