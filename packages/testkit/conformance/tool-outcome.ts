import { execFile } from 'node:child_process'
import type { Subject } from './find-subjects.ts'
import type { Outcome } from './outcome.ts'

/** Renders a subject with the real tool. */
export function askTool(binary: string, subject: Subject): Promise<Outcome> {
  const options = { maxBuffer: 1 << 30, timeout: 120_000, encoding: 'utf8' as const }
  return new Promise((resolve) => {
    execFile(binary, commandOf(subject), options, (error, stdout, stderr) => {
      resolve(error === null ? { ok: true, text: stdout } : { ok: false, message: messageFrom(stderr, error.message) })
    })
  })
}

function commandOf({ tool, path, flags }: Subject): string[] {
  if (tool === 'helm') return ['template', 'release', path, '--namespace=space', ...flags]
  return tool === 'kustomize' ? ['build', path, ...flags] : [path, ...flags]
}

/** The tools print warnings first and the failure last. */
function messageFrom(stderr: string, fallback: string): string {
  const start = stderr.lastIndexOf('\nError: ')
  const text = (start < 0 ? stderr : stderr.slice(start + 1)).trim()
  return (text === '' ? fallback : text).replace(/^Error: /, '')
}
