import { JqFailure } from './jq-error.ts'

const patternLimit = 200
const textLimit = 2_000

/** Tests a text against a regular expression of the harmless kind: one that could run away is refused. */
export function matchesRegex(pattern: string, text: string): boolean {
  if (pattern.length > patternLimit) throw new JqFailure(`the pattern is longer than ${patternLimit} characters`, false)
  if (text.length > textLimit) throw new JqFailure(`the text is longer than ${textLimit} characters`, true)
  // Groups that repeat, look around or refer back, and more than two open-ended repetitions, can take exponential or high polynomial time.
  const plain = pattern.replaceAll(/\\[^\d]|\[(?:[^\]\\]|\\.)*\]/g, 'x')
  if (/\)\s*[*+{?]|\(\?[=!<]|\\\d/.test(plain) || (plain.match(/[*+]|\{\d+,/g) ?? []).length > 2)
    throw new JqFailure(`the pattern "${pattern}" could take too long`, false)
  let regex: RegExp
  try {
    regex = new RegExp(pattern, 'u')
  } catch {
    throw new JqFailure(`"${pattern}" is not a regular expression`, false)
  }
  return regex.test(text)
}
