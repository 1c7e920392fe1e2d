import { CliErrors } from '../errors.ts'

/** The flags in `ARGOCD_OPTS` and `DRIFTLESS_OPTS`, split as a shell would. */
export function environmentFlags(env: Readonly<Record<string, string | undefined>>): string[] {
  return [env.ARGOCD_OPTS, env.DRIFTLESS_OPTS].flatMap((text) => splitWords(text ?? ''))
}

/** Words between blanks; quotes and backslashes keep blanks inside of a word. */
export function splitWords(text: string): string[] {
  const words: string[] = []
  let word: string | undefined
  const pattern = /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)|(\s+)|([^\s'"\\]+)/gsy
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text)
    if (match === null) throw CliErrors.USAGE({ message: `a quote has no end in ${JSON.stringify(text)}` })
    const [, single, double, escaped, blanks, plain] = match
    if (blanks !== undefined) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = `${word ?? ''}${single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? plain ?? ''}`
  }
  return word === undefined ? words : [...words, word]
}
