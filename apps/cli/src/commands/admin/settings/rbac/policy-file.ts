import { basename } from 'node:path'
import { messageOf } from '@driftless/foundation'
import { parseManifests } from '@driftless/kube-objects'
import { readAccessSettings } from '@driftless/rbac'
import { CliErrors } from '../../../../errors.ts'
import { readTextFrom } from '../../../../files/read-text.ts'
import { text } from '../../../../flags/flag.ts'
import type { Io } from '../../../../io.ts'

/** The flag that names a policy. */
export const policyFlag = {
  'policy-file': text('policy CSV, or a manifest of argocd-rbac-cm', { placeholder: 'FILE' }),
}

/** A policy of the disk. */
export interface PolicyFile {
  /** Its texts with the names they have for whoever wrote them. */
  readonly parts: readonly { readonly source: string; readonly text: string }[]
  readonly defaultRole: string
  readonly matchMode: string
}

/** Reads a policy: CSV, or the data of a ConfigMap. Throws `CLI_USAGE`, `CLI_FATAL`, `CLI_FILE`. */
export async function readPolicyFile(path: string, io: Io): Promise<PolicyFile> {
  if (path === '') throw CliErrors.USAGE({ message: 'say which --policy-file' })
  const content = await readTextFrom(path, io)
  if (!/^\s*kind:\s*ConfigMap\s*$/m.test(content))
    return { parts: [{ source: basename(path), text: content }], defaultRole: '', matchMode: '' }
  const { parts, defaultRole, matchMode } = readAccessSettings(readData(content, path))
  return { parts, defaultRole, matchMode }
}

function readData(content: string, path: string): Record<string, string> {
  try {
    const [object] = parseManifests(content, { file: path })
    const entries = Object.entries((object?.data ?? {}) as Record<string, unknown>)
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  } catch (cause) {
    throw CliErrors.FATAL({ message: messageOf(cause) }, { cause })
  }
}
