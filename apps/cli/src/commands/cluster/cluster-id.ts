/** How the API is told which cluster is meant: by address, or by name. */
export function clusterId(given: string): { params: { id: string }; query: { 'id.type'?: string } } {
  return { params: { id: given }, query: /^https?:\/\//.test(given) ? {} : { 'id.type': 'name' } }
}
