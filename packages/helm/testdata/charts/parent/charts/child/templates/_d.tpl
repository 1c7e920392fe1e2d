{{ define "shared.define" }}from child{{ end }}
