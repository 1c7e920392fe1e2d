// The front door of @driftless/resource-tree: explicit names only.
export { type DescribeOptions, describeNode, type NodeDescription } from './describe/describe-node.ts'
export { type PodStatus, podStatus } from './describe/pod-status.ts'
export { groupLimit } from './layout/grouping.ts'
export { layoutTree, rootId } from './layout/layout-tree.ts'
export {
  type ManagedStatus,
  measures,
  type TreeBox,
  type TreeEdge,
  type TreeFilter,
  type TreeLayout,
  type TreeRequest,
} from './layout/tree-layout.ts'
