import { cluster, clusterInput } from '@driftless/model'
import { z } from 'zod'
import { queryBoolean, queryList } from '../query.ts'
import { permission, route } from '../route.ts'

/** The server's URL, or its name when the query says `id.type=name`. */
const byId = z.object({ id: z.string() })
const idType = z.object({ 'id.type': z.string().optional() })

export const clusterRoutes = {
  listClusters: route({
    method: 'GET',
    path: '/api/v1/clusters',
    summary: 'Lists clusters with the state of their connections and caches.',
    tag: 'Clusters',
    access: permission('clusters', 'get'),
    query: z.object({ server: z.string().optional(), name: z.string().optional() }),
    response: z.object({ items: z.array(cluster) }),
  }),
  createCluster: route({
    method: 'POST',
    path: '/api/v1/clusters',
    summary: 'Registers a cluster.',
    tag: 'Clusters',
    access: permission('clusters', 'create'),
    query: z.object({ upsert: queryBoolean.optional() }),
    body: clusterInput,
    response: cluster,
  }),
  getCluster: route({
    method: 'GET',
    path: '/api/v1/clusters/:id',
    summary: 'Answers one cluster.',
    tag: 'Clusters',
    access: permission('clusters', 'get'),
    params: byId,
    query: idType,
    response: cluster,
  }),
  updateCluster: route({
    method: 'PUT',
    path: '/api/v1/clusters/:id',
    summary: 'Changes the named fields of a cluster, or all.',
    tag: 'Clusters',
    access: permission('clusters', 'update'),
    params: byId,
    query: idType.extend({ updatedFields: queryList.optional() }),
    body: clusterInput.partial({ server: true }),
    response: cluster,
  }),
  deleteCluster: route({
    method: 'DELETE',
    path: '/api/v1/clusters/:id',
    summary: 'Forgets a cluster; nothing in it is touched.',
    tag: 'Clusters',
    access: permission('clusters', 'delete'),
    params: byId,
    query: idType,
    response: z.object({}),
  }),
  invalidateClusterCache: route({
    method: 'POST',
    path: '/api/v1/clusters/:id/invalidate-cache',
    summary: 'Reads the cluster anew.',
    tag: 'Clusters',
    access: permission('clusters', 'update'),
    params: byId,
    query: idType,
    response: cluster,
  }),
}
