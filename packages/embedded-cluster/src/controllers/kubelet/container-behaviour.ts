import type { Container, PodSpec } from '../objects.ts'

/** What the simulated container does once it is started. */
export type ContainerBehaviour =
  | { readonly does: 'run' }
  /** The image cannot be pulled. */
  | { readonly does: 'miss-image' }
  | { readonly does: 'refuse-name' }
  /** It ends by itself; `after` in milliseconds, absent for the usual short time. */
  | { readonly does: 'end'; readonly exitCode: number; readonly after?: number }

const missingTag = 'does-not-exist'
const crashTag = 'crash'
const imageForm =
  /^[a-z0-9]+([._-]+[a-z0-9]+)*(:[0-9]+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[\w][\w.-]{0,127})?(@sha256:[a-f0-9]{32,})?$/i

/**
 * Reads off a container's image and command how it will behave: a tag with `does-not-exist` cannot be pulled, an image
 * named or tagged `crash` (or that word as its command) exits with 1, `exit N` and `false` exit as they say; the
 * containers of pods that are not restarted complete; everything else runs for ever.
 */
export function behaviourOf(
  container: Container,
  restartPolicy: PodSpec['restartPolicy'],
  isInit = false,
): ContainerBehaviour {
  const { name, tag } = splitImage(container.image)
  if (!imageForm.test(container.image)) return { does: 'refuse-name' }
  if (tag.includes(missingTag)) return { does: 'miss-image' }
  const words = [...(container.command ?? []), ...(container.args ?? [])]
  if (tag === crashTag || name === crashTag || words.includes(crashTag)) return { does: 'end', exitCode: 1 }
  const ends = isInit
    ? container.restartPolicy !== 'Always'
    : restartPolicy === 'Never' || restartPolicy === 'OnFailure'
  return ends ? { does: 'end', exitCode: exitCodeOf(words), ...durationOf(words) } : { does: 'run' }
}

/** The last part of an image's path and its tag (`latest` when it has none). */
export function splitImage(image: string): { name: string; tag: string } {
  const [path = ''] = image.split('@')
  const last = path.slice(path.lastIndexOf('/') + 1)
  const colon = last.indexOf(':')
  return colon < 0 ? { name: last, tag: 'latest' } : { name: last.slice(0, colon), tag: last.slice(colon + 1) }
}

function exitCodeOf(words: readonly string[]): number {
  const exits = /(?:^|[\s;&|])exit\s+(\d{1,3})\s*;?\s*$/.exec(words.at(-1)?.trim() ?? '')
  if (exits?.[1] !== undefined) return Number(exits[1]) % 256
  return words[0] === 'false' || words[0] === '/bin/false' ? 1 : 0
}

/** `sleep N` takes N seconds, wherever the command line says it. */
function durationOf(words: readonly string[]): { after?: number } {
  const slept = /(?:^|[\s;&|])sleep\s+(\d{1,5})(?:$|[\s;&|s])/.exec(words.join(' '))
  return slept?.[1] === undefined ? {} : { after: Number(slept[1]) * 1000 }
}
