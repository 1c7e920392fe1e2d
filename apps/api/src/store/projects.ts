import { randomUUID } from 'node:crypto'
import type { ProjectDirectory } from '@driftless/applications'
import { defaultProjectSpec, type Project, projectSpec, stringMap } from '@driftless/model'
import { recordChange } from './change-log.ts'
import type { Database } from './database.ts'
import type { Project as ProjectRow } from './generated/client.ts'
import { jsonColumn } from './json-column.ts'

/** Projects. */
export interface ProjectStore extends ProjectDirectory {
  list(): Promise<Project[]>
  /** Makes the project `default` unless it exists. */
  ensureDefault(): Promise<void>
}

/** Keeps projects in the database; `namespace` is the control plane's. */
export function createProjectStore(options: { database: Database; now: () => Date; namespace: string }): ProjectStore {
  const { database, now, namespace } = options
  return {
    async get(name) {
      const row = await database.prisma.project.findUnique({ where: { name } })
      return row === null ? undefined : present(row, namespace)
    },
    async list() {
      const rows = await database.prisma.project.findMany({ orderBy: { name: 'asc' } })
      return rows.map((row) => present(row, namespace))
    },
    async ensureDefault() {
      if ((await database.prisma.project.findUnique({ where: { name: 'default' } })) !== null) return
      await database.transaction(async (transaction) => {
        const version = await recordChange(transaction, { type: 'ADDED', kind: 'Project', namespace, name: 'default' })
        const row = {
          name: 'default',
          uid: randomUUID(),
          version,
          createdAt: now(),
          spec: jsonColumn(defaultProjectSpec),
        }
        await transaction.project.createMany({ data: [row], skipDuplicates: true })
      })
    },
  }
}

function present(row: ProjectRow, namespace: string): Project {
  const labels = stringMap.parse(row.labels)
  const annotations = stringMap.parse(row.annotations)
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: {
      name: row.name,
      namespace,
      uid: row.uid,
      resourceVersion: String(row.version),
      generation: row.generation,
      creationTimestamp: row.createdAt.toISOString().replace(/\.\d+Z$/, 'Z'),
      ...(Object.keys(labels).length === 0 ? {} : { labels }),
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    },
    spec: projectSpec.parse(row.spec),
  }
}
