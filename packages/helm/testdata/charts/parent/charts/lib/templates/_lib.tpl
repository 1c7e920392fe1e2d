{{- define "lib.hello" -}}hello {{ .name }}{{- end -}}
