import { type FileTree, joinPath, resolveInTree } from '@driftless/foundation'
import { KustomizeErrors } from '../errors.ts'

/** Fetches a remote base; absent where nothing may be fetched. */
export type FetchRemote = (url: string) => { tree: FileTree; path: string }

/** What all directories of one build share. */
export interface LoaderSettings {
  readonly tree: FileTree
  readonly restricted: boolean
  readonly fetchRemote: FetchRemote | undefined
}

/** Deepest chain of directories that name each other. */
const maxDirectories = 100

/** Reads files for one directory that is being built. */
export class Loader {
  readonly root: string
  readonly #settings: LoaderSettings
  /** The directory that named this one, if any. */
  readonly #parent: Loader | undefined

  constructor(settings: LoaderSettings, root: string, parent?: Loader) {
    this.#settings = settings
    this.root = root
    this.#parent = parent
  }

  get tree(): FileTree {
    return this.#settings.tree
  }

  /** The directory for messages. */
  describe(): string {
    return `/${this.root}`
  }

  /** A path of this directory from the root of the tree. */
  pathOf(path: string): string {
    return path.startsWith('/') ? path.slice(1) : joinPath(this.root, path)
  }

  /** True when a path of this directory is a file. */
  isFile(path: string): boolean {
    const real = this.#real(path)
    const slash = real.lastIndexOf('/')
    const entries = this.tree.list(slash < 0 ? '' : real.slice(0, slash))
    return entries?.some(({ name, kind }) => name === real.slice(slash + 1) && kind === 'file') === true
  }

  /** True when a path of this directory is a directory. */
  isDirectory(path: string): boolean {
    return this.tree.list(this.#real(path)) !== undefined
  }

  /** Bytes of a file that must lie in or below this directory unless restrictions are off. */
  loadBytes(path: string): Uint8Array {
    const real = this.#real(path)
    if (this.#settings.restricted && this.root !== '' && !real.startsWith(`${this.root}/`)) {
      throw KustomizeErrors.OUTSIDE({ path, root: this.describe() })
    }
    const content = this.tree.read(real)
    if (content === undefined) throw KustomizeErrors.NOT_FOUND({ path, root: this.describe() })
    return content
  }

  /** Text of a file. */
  load(path: string): string {
    return new TextDecoder().decode(this.loadBytes(path))
  }

  /** Goes into another directory; one that is being built already, or holds such a one, is a cycle. */
  enter(path: string): Loader {
    if (looksRemote(path)) return this.fetch(path).loader
    if (path.startsWith('/')) throw KustomizeErrors.NOT_FOUND({ path, root: this.describe() })
    const root = this.#real(path)
    if (this.tree.list(root) === undefined) throw KustomizeErrors.NOT_FOUND({ path, root: this.describe() })
    this.#guardDepth()
    for (let visited: Loader | undefined = this; visited !== undefined; visited = visited.#parent) {
      const same = visited.tree === this.tree
      if (same && (root === '' || visited.root === root || visited.root.startsWith(`${root}/`))) {
        throw KustomizeErrors.CYCLE({ path: `/${root}`, from: visited.describe() })
      }
    }
    return new Loader(this.#settings, root, this)
  }

  /** The file or directory that a URL stands for. */
  fetch(url: string): { loader: Loader; file: string | undefined } {
    const { fetchRemote } = this.#settings
    if (fetchRemote === undefined) throw KustomizeErrors.REMOTE({ entry: url })
    this.#guardDepth()
    const { tree, path } = fetchRemote(url)
    const settings = { ...this.#settings, tree, restricted: true }
    if (tree.list(path) !== undefined) return { loader: new Loader(settings, path, this), file: undefined }
    const slash = path.lastIndexOf('/')
    return { loader: new Loader(settings, slash < 0 ? '' : path.slice(0, slash), this), file: path.slice(slash + 1) }
  }

  #guardDepth(): void {
    let depth = 0
    for (let visited: Loader | undefined = this; visited !== undefined; visited = visited.#parent) depth++
    if (depth > maxDirectories) throw KustomizeErrors.TOO_LARGE({ what: 'nested directories', limit: maxDirectories })
  }

  #real(path: string): string {
    if (path.startsWith('/')) throw KustomizeErrors.OUTSIDE({ path, root: this.describe() })
    return resolveInTree(this.tree, joinPath(this.root, path))
  }
}

/** True for URLs and for git addresses without a scheme. */
export function looksRemote(entry: string): boolean {
  return (
    /^(?:git::)?[a-z][a-z0-9+.-]*:\/\//i.test(entry) ||
    /^[\w.-]+@[\w.-]+:/.test(entry) ||
    /^(?:github\.com|gitlab\.com|bitbucket\.org)[/:]/i.test(entry)
  )
}
