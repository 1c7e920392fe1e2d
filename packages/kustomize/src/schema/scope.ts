import facts from './generated/merge-facts.json' with { type: 'json' }

const clusterKinds = /* @__PURE__ */ new Set(facts.cluster)

/** True when a kind is known to have no namespace; unknown kinds count as namespaced. */
export function isClusterScoped(apiVersion: string, kind: string): boolean {
  return clusterKinds.has(`${apiVersion}/${kind}`)
}
