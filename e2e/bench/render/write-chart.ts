import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A chart by how many components it has; each is four objects and reads some forty values. */
export interface ChartSize {
  readonly name: string
  readonly components: number
  /** Dependencies, each with as many components. */
  readonly dependencies?: number
}

/** From a single object to a stack of more than a hundred. */
export const chartSizes: readonly ChartSize[] = [
  { name: 'tiny', components: 0 },
  { name: 'service', components: 1 },
  { name: 'pair', components: 2 },
  { name: 'shop', components: 5 },
  { name: 'database', components: 3, dependencies: 2 },
  { name: 'gateway', components: 12 },
  { name: 'mesh', components: 5, dependencies: 3 },
  { name: 'monitoring', components: 8, dependencies: 3 },
]

/** Writes a chart with its dependencies into a directory. */
export function writeChart(directory: string, { name, components, dependencies = 0 }: ChartSize): void {
  write(join(directory, 'Chart.yaml'), `apiVersion: v2\nname: ${name}\nversion: 1.2.3\nappVersion: "4.5"\n`)
  write(join(directory, 'values.yaml'), `components:${components === 0 ? ' {}' : ''}\n${componentValues(components)}`)
  write(join(directory, 'templates/_names.tpl'), names.replaceAll('CHART', name))
  write(join(directory, 'templates/settings.yaml'), settings.replaceAll('CHART', name))
  if (components > 0) write(join(directory, 'templates/components.yaml'), component.replaceAll('CHART', name))
  for (let index = 0; index < dependencies; index += 1) {
    const child = `${name}-part-${index}`
    writeChart(join(directory, 'charts', child), { name: child, components })
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

function componentValues(count: number): string {
  const one = (index: number) => `  part${index}:
    enabled: true
    replicas: ${(index % 3) + 1}
    image: {repository: registry.example/part${index}, tag: "1.${index}"}
    ports: {http: 8080, metrics: 9090}
    resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 256Mi}}
    env: {LOG_LEVEL: info, REGION: north, WORKERS: "4"}
    config: |
      [server]
      listen = 0.0.0.0:8080
      name = {{ .Release.Name }}
`
  return Array.from({ length: count }, (_, index) => one(index)).join('')
}

const names = `{{- define "CHART.name" -}}{{ default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}{{- end }}
{{- define "CHART.labels" -}}
app.kubernetes.io/name: {{ include "CHART.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}
`

const settings = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "CHART.name" . }}-settings
  labels: {{- include "CHART.labels" . | nindent 4 }}
data:
  bench: {{ .Values.bench | default 0 | quote }}
  components: {{ keys .Values.components | sortAlpha | join "," | quote }}
`

const component = `{{- range $name, $part := .Values.components }}
{{- if $part.enabled }}
{{- $labels := merge (dict "app.kubernetes.io/component" $name) (include "CHART.labels" $ | fromYaml) }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ printf "%s-%s" (include "CHART.name" $) $name }}
  labels: {{- toYaml $labels | nindent 4 }}
data:
  app.conf: | {{- tpl $part.config $ | nindent 4 }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ printf "%s-%s" (include "CHART.name" $) $name }}
  labels: {{- toYaml $labels | nindent 4 }}
spec:
  selector: {{- toYaml $labels | nindent 4 }}
  ports:
    {{- range $port, $number := $part.ports }}
    - name: {{ $port }}
      port: {{ $number }}
      targetPort: {{ $port }}
    {{- end }}
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ printf "%s-%s" (include "CHART.name" $) $name }}
  labels: {{- toYaml $labels | nindent 4 }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ printf "%s-%s" (include "CHART.name" $) $name }}
  labels: {{- toYaml $labels | nindent 4 }}
spec:
  replicas: {{ $part.replicas }}
  selector:
    matchLabels: {{- toYaml $labels | nindent 6 }}
  template:
    metadata:
      annotations:
        checksum/config: {{ tpl $part.config $ | sha256sum }}
      labels: {{- toYaml $labels | nindent 8 }}
    spec:
      serviceAccountName: {{ printf "%s-%s" (include "CHART.name" $) $name }}
      containers:
        - name: {{ $name }}
          image: "{{ $part.image.repository }}:{{ $part.image.tag | default $.Chart.AppVersion }}"
          resources: {{- toYaml $part.resources | nindent 12 }}
          env:
            {{- range $key, $value := $part.env }}
            - name: {{ $key }}
              value: {{ $value | quote }}
            {{- end }}
          ports:
            {{- range $port, $number := $part.ports }}
            - {name: {{ $port }}, containerPort: {{ $number }}}
            {{- end }}
{{- end }}
{{- end }}
`
