import { HelmErrors } from '../errors.ts'
import { compileFileMatch } from './file-match.ts'

interface Rule {
  readonly matches: (path: string) => boolean
  readonly negated: boolean
  readonly directoryOnly: boolean
}

/** Says whether a path of a chart directory is left out. */
export type IgnoreRules = (path: string, isDirectory: boolean) => boolean

/** Compiles a `.helmignore`; dot files under `templates/` are always ignored. Throws `HELM_CHART_INVALID` for a wrong pattern. */
export function compileIgnoreRules(text: string): IgnoreRules {
  const lines = [...text.replace(/^\ufeff/, '').split('\n'), 'templates/.?*']
  const rules = lines
    .map((line) => line.trim())
    .flatMap((line) => (line === '' || line.startsWith('#') ? [] : [compileRule(line)]))
  return (path, isDirectory) => {
    for (const rule of rules) {
      if (rule.negated) {
        if (rule.directoryOnly && !isDirectory) return true
        if (!rule.matches(path)) return true
      } else if (!(rule.directoryOnly && !isDirectory) && rule.matches(path)) return true
    }
    return false
  }
}

function compileRule(line: string): Rule {
  if (line.includes('**')) throw HelmErrors.CHART_INVALID({ message: 'double-star (**) syntax is not supported' })
  const negated = line.startsWith('!')
  const bare = negated ? line.slice(1) : line
  const directoryOnly = bare.endsWith('/')
  const pattern = directoryOnly ? bare.slice(0, -1) : bare
  const rooted = pattern.startsWith('/')
  const match = compileFileMatch(rooted ? pattern.slice(1) : pattern)
  if (match === undefined) throw HelmErrors.CHART_INVALID({ message: 'syntax error in pattern' })
  const wholePath = rooted || pattern.includes('/')
  return { negated, directoryOnly, matches: wholePath ? match : (path) => match(path.slice(path.lastIndexOf('/') + 1)) }
}
