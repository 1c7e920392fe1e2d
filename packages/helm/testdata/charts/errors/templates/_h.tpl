{{ define "inner" }}
{{ .missing.deep }}
{{ end }}
{{ define "outer" }}{{ include "inner" . }}{{ end }}
{{ define "loop" }}{{ include "loop" . }}{{ end }}
