import { parseYamlDocuments } from '@driftless/kube-objects'

/** All documents of a text; of a repeated key the last one counts, as Helm reads everything. Throws `YAML_INVALID`. */
export function readYamlDocuments(text: string): unknown[] {
  return parseYamlDocuments(text, { duplicateKeys: 'last' })
}

/** The first document of a text, null when there is none; what follows it is not looked at. Throws `YAML_INVALID`. */
export function readYaml(text: string): unknown {
  return readYamlDocuments(text)[0] ?? null
}
