import { canonicalJson } from '@driftless/kube-objects'

const alphabet = 'bcdfghjklmnpqrstvwxz2456789'

/** A short stable name part for a pod template: 32-bit FNV-1a, written with letters that form no words. */
export function templateHash(template: unknown, collisions = 0): string {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(`${canonicalJson(template)}${collisions === 0 ? '' : collisions}`)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  }
  return [...String(hash)].map((digit) => alphabet[Number(digit)] ?? digit).join('')
}

/** `length` random letters of the same alphabet, for generated names. */
export function randomSuffix(random: () => number, length = 5): string {
  return Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('')
}
