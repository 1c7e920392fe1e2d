import type { AdvertisedReference, TreeItem } from '../driver.ts'

/** Reads the output of `git ls-remote --symref`. */
export function parseReferences(output: string): AdvertisedReference[] {
  const symbolic = new Map<string, string>()
  const references: AdvertisedReference[] = []
  for (const line of output.split('\n')) {
    const [value = '', name = ''] = line.split('\t')
    if (value.startsWith('ref: ')) symbolic.set(name, value.slice('ref: '.length))
    else if (/^[0-9a-f]{40,64}$/.test(value) && name !== '') {
      const target = symbolic.get(name)
      references.push(target === undefined ? { name, sha: value } : { name, sha: value, symbolic: target })
    }
  }
  return references
}

const kinds: Readonly<Record<string, TreeItem['kind']>> = {
  '100644': 'file',
  '100755': 'file',
  '100664': 'file',
  '040000': 'directory',
  '120000': 'symlink',
}

/** Reads the output of `git ls-tree -r -t -l -z`. */
export function parseTree(output: Buffer): TreeItem[] {
  const items: TreeItem[] = []
  for (const line of output.toString().split('\0')) {
    const tab = line.indexOf('\t')
    if (tab < 0) continue
    const [mode = '', , id = '', size = '-'] = line.slice(0, tab).split(/ +/)
    items.push({ path: line.slice(tab + 1), kind: kinds[mode] ?? 'other', id, size: size === '-' ? 0 : Number(size) })
  }
  return items
}

const newline = 0x0a

/** Reads the output of `git cat-file --batch`: object id → content. Objects that are missing are left out. */
export function parseBatch(output: Buffer): Map<string, Uint8Array> {
  const contents = new Map<string, Uint8Array>()
  let position = 0
  while (position < output.length) {
    const end = output.indexOf(newline, position)
    if (end < 0) break
    const [id = '', type = '', size = ''] = output.toString('latin1', position, end).split(' ')
    position = end + 1
    if (type === 'missing' || type === 'ambiguous') continue
    const length = Number(size)
    contents.set(id, toShared(output.subarray(position, position + length)))
    position += length + 1
  }
  return contents
}

/** Copies bytes into memory that worker threads can read without a further copy. */
function toShared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length))
  copy.set(bytes)
  return copy
}
