{{ define "shared.define" }}from parent{{ end }}
