// Making elements. Text goes in as text only, addresses only after `words.webAddress` or as paths of this server.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes and children; strings become text. `false` and null children are left out. */
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** A fresh copy of the element in the template `id`. */
export function clone(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

/** The part of `root` that the markup names `name`. */
export function slot(root, name) {
  return root.querySelector(`[data-slot="${name}"]`);
}

export function icon(name) {
  return clone(`icon-${name}`);
}

export function byId(id) {
  return document.getElementById(id);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== false));
  return element;
}
