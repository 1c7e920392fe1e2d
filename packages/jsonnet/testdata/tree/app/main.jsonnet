local t = import "../lib/tools.libsonnet";
{ t: t, h: t.helper(1), s: importstr "shared.libsonnet", b: importbin "../lib/note.txt", again: (import "../lib/tools.libsonnet") == t }
