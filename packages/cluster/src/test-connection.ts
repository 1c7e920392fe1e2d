import { type ClusterAddress, createConnection } from './connection.ts'

/** Connects once and answers the server's version; throws `CLUSTER_UNREACHABLE` or `CLUSTER_REFUSED` with the reason. */
export async function testCluster(cluster: ClusterAddress): Promise<{ serverVersion: string }> {
  const connection = createConnection(cluster)
  try {
    const answer = (await connection.json({ method: 'GET', path: '/version' })) as { gitVersion?: string }
    // /version is open on many servers: the list of groups needs valid credentials.
    await connection.json({ method: 'GET', path: '/apis' })
    return { serverVersion: answer.gitVersion ?? '' }
  } finally {
    await connection.close()
  }
}
