{ inner: true, text: importstr "note.txt", up: (import "../app/shared.libsonnet").v }
