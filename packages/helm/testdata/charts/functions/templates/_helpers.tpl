{{- define "functions.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- define "functions.labels" -}}
app: {{ include "functions.name" . }}
chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}
{{- define "functions.list" -}}
{{ toYaml (list 1 2 (dict "a" nil)) }}
{{- end }}
