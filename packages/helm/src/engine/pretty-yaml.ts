import { printYaml } from '@driftless/kube-objects'

/** YAML with indented sequences, as `toYamlPretty` prints; no last line break. */
export function printYamlPretty(value: unknown): string {
  if (!isFilled(value)) return printYaml(value).replace(/\n$/, '')
  return lines(value).join('\n')
}

type Filled = Record<string, unknown> | unknown[]

function isFilled(value: unknown): value is Filled {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
}

function lines(value: Filled): string[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => prefixed('- ', item))
  return Object.keys(value)
    .sort()
    .flatMap((key) => {
      const item = value[key]
      if (!isFilled(item))
        return printYaml({ [key]: item })
          .replace(/\n$/, '')
          .split('\n')
      const head = printYaml({ [key]: null }).replace(/ null\n$/, '')
      return [head, ...lines(item).map((line) => `  ${line}`)]
    })
}

function prefixed(mark: string, item: unknown): string[] {
  const inner = isFilled(item) ? lines(item) : scalarLines(item)
  return inner.map((line, index) => (index === 0 ? mark + line : line === '' ? '' : `  ${line}`))
}

function scalarLines(item: unknown): string[] {
  return printYaml([item])
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.slice(2))
}
