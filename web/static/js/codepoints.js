// Offsets from the server count Unicode code points; JavaScript strings count UTF-16 units.

/** UTF-16 positions in `text` of code point offsets. `offsets` must be sorted; those past the end give the end. */
export function utf16Positions(text, offsets) {
  const positions = [];
  let unit = 0;
  let point = 0;
  for (const offset of offsets) {
    while (point < offset && unit < text.length) {
      unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
      point += 1;
    }
    positions.push(unit);
  }
  return positions;
}
