const suffix = 'NOTES.txt'

/** Takes the notes out of rendered files; returns those of the chart itself. */
export function takeNotes(rendered: Map<string, string>, chartName: string): string {
  const own = `${chartName}/templates/${suffix}`
  let notes = ''
  for (const [name, text] of [...rendered]) {
    if (!name.endsWith(suffix)) continue
    if (name === own) notes = text
    rendered.delete(name)
  }
  return notes
}
