/** One template for all work sheets: it draws the blocks it is given. What is empty is room to write in. */
export const template = `
= #data.title
#text(fill: luma(70), data.lead)

#let room(text-or-none, height) = if text-or-none == "" { v(height) } else { text-or-none }
#let labelled(label, content, height) = [#strong(label) \\ #room(content, height)]
#let frame(width: 100%, body) = block(width: width, stroke: 0.8pt + luma(110), radius: 4pt, inset: 9pt, breakable: false, body)

#let drawn-table(b) = table(
  columns: b.widths.map(w => w * 1fr),
  table.header(..b.head.map(h => strong(h))),
  ..b.rows.map(r => r.map(c => room(c, if r.all(c => c == "") { 1.1cm } else { 0.7cm }))).flatten(),
)

#let drawn-tree(b) = for (i, part) in b.parts.enumerate() {
  align(center, frame(width: if calc.odd(i) { 55% } else { 100% }, align(left, labelled(part.label, part.text, b.height * 1cm))))
}

#let drawn-onion(b) = {
  let nest(parts) = frame({
    strong(parts.first().label)
    linebreak()
    room(parts.first().text, 1cm)
    if parts.len() > 1 { nest(parts.slice(1)) }
  })
  nest(b.parts)
}

#let drawn-triangle(b) = {
  align(center, frame(width: 50%, align(left, labelled(b.parts.at(0).label, b.parts.at(0).text, 2.2cm))))
  grid(columns: (1fr, 1fr), column-gutter: 1cm, ..b.parts.slice(1).map(p => frame(labelled(p.label, p.text, 2.2cm))))
}

#let drawn-pillars(b) = {
  frame(align(center, labelled(b.roof.label, b.roof.text, 1cm)))
  grid(columns: b.parts.map(_ => 1fr), column-gutter: 0.4cm, ..b.parts.map(p => frame(labelled(p.label, p.text, b.height * 1cm))))
}

#for b in data.blocks {
  if b.title != "" [== #b.title]
  if b.kind == "table" { drawn-table(b) }
  if b.kind == "tree" { drawn-tree(b) }
  if b.kind == "onion" { drawn-onion(b) }
  if b.kind == "triangle" { drawn-triangle(b) }
  if b.kind == "pillars" { drawn-pillars(b) }
}
`
