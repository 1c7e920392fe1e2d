import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** The root of the repository. */
export const root = join(import.meta.dirname, '../../..')

/** One package or app, as its manifest describes it. */
export interface Room {
  readonly kind: 'package' | 'app'
  readonly name: string
  /** Path from the root. */
  readonly directory: string
  /** Workspace packages it depends on at run time, without their scope. */
  readonly dependencies: readonly string[]
  readonly manifest: { readonly exports?: unknown }
}

/** Every package and app of the workspace. */
export function readRooms(): Room[] {
  return (['packages', 'apps'] as const).flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => existsSync(join(root, folder, name, 'package.json')))
      .map((name) => {
        const directory = `${folder}/${name}`
        const manifest = JSON.parse(readFileSync(join(root, directory, 'package.json'), 'utf8')) as {
          dependencies?: Record<string, string>
          exports?: unknown
        }
        const dependencies = Object.keys(manifest.dependencies ?? {})
          .filter((dependency) => dependency.startsWith('@driftless/'))
          .map((dependency) => dependency.slice('@driftless/'.length))
        return {
          kind: folder === 'packages' ? ('package' as const) : ('app' as const),
          name,
          directory,
          dependencies,
          manifest,
        }
      }),
  )
}

/** Paths (from the root) of the TypeScript files below a room's `src`, generated ones left out. */
export function sourceFiles(directory: string): string[] {
  const base = join(root, directory, 'src')
  if (!existsSync(base)) return []
  return readdirSync(base, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !/(^|\/)(generated|node_modules|\.next)\//.test(path))
}

/** The module specifiers that a file imports or exports from. */
export function importsOf(path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8')
  return [
    ...text.matchAll(/(?:^|\n)\s*(?:import|export)\b[^'"\n;]*?(?:\{[^}]*\}[^'"\n;]*?)?from\s+['"]([^'"]+)['"]/g),
  ].map((match) => match[1] as string)
}
