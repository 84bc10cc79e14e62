// How values are worded and addressed. All pure.

const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];
const FRAGMENT_WORDS = 6;

/** "1 December 2023", "December 2023", "2023" or "undated". */
export function day(iso) {
  if (!iso) return "undated";
  const [year, month, date] = iso.slice(0, 10).split("-");
  return [date && String(Number(date)), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(" ");
}

/** Publisher, date and page of a citation in one line. */
export function byline(citation) {
  const page = citation.page ? `page ${citation.page}` : null;
  return [citation.publisher, day(citation.published), page].filter(Boolean).join(" · ");
}

/** Address of this server's page that shows the citation in its article. */
export function placeOf(citation) {
  const query = new URLSearchParams({
    start: citation.start, end: citation.end, version: citation.text_sha256,
  });
  return `/articles/${encodeURIComponent(citation.article_id)}?${query}#cited`;
}

/** A limit as its chip says it. Outlets that a question names come first; those that a person sets stand alone. */
export function limitWords({ kind, value, words: read }) {
  const words = {
    publisher: read ? `${value} first` : `Only ${value}`,
    since: `From ${day(value)}`,
    until: `Until ${day(value)}`,
    as_of: `As known on ${day(value)}`,
    latest: "Newest first",
  };
  return words[kind] ?? `${kind}: ${value}`;
}

/** Explicit filters as a list of limits. */
export function filterLimits(filters) {
  const limits = (filters.publishers ?? []).map((value) => ({ kind: "publisher", value }));
  for (const kind of ["since", "until", "as_of"]) if (filters[kind]) limits.push({ kind, value: filters[kind] });
  return limits;
}

/** `filters` with one limit added or, with `keep` false, taken away. */
export function withLimit(filters, { kind, value }, keep = true) {
  const next = { ...filters, publishers: [...(filters.publishers ?? [])] };
  if (kind === "publisher") {
    next.publishers = next.publishers.filter((name) => name !== value);
    if (keep) next.publishers.push(value);
  } else if (["since", "until", "as_of"].includes(kind)) {
    if (keep) next[kind] = value;
    else delete next[kind];
  }
  return next;
}

/** The address if it may become a link (http or https), else null. */
export function webAddress(url) {
  if (!url) return null;
  try {
    const parsed = new URL(url);
    return ["http:", "https:"].includes(parsed.protocol) && parsed.hostname ? parsed.href : null;
  } catch {
    return null;
  }
}

/** `url` with a text fragment that makes browsers scroll to `quote`. */
export function withFragment(url, quote) {
  const words = quote.split(/\s+/u).filter(Boolean);
  const ends = words.length > 2 * FRAGMENT_WORDS
    ? [words.slice(0, FRAGMENT_WORDS), words.slice(-FRAGMENT_WORDS)]
    : [words];
  const encode = (part) => encodeURIComponent(part.join(" ")).replaceAll("-", "%2D");
  return `${url.split("#")[0]}#:~:text=${ends.map(encode).join(",")}`;
}

/** "1 source", "3 sources". */
export function count(number, noun) {
  return `${number.toLocaleString("en-GB")} ${noun}${number === 1 ? "" : "s"}`;
}

/** An answer as plain text with its numbered sources. */
export function plainText(answer) {
  const cited = answer.citations.length ? answer.citations : answer.nearest;
  const sources = cited.map((c) => {
    const address = webAddress(c.url);
    const where = [c.publisher, `“${c.title}”`, day(c.published)].filter(Boolean).join(", ");
    return `[${c.number}] ${where}${address ? `. ${address}` : ""}\n    “${c.quote}”`;
  });
  return [answer.question, answer.answer, sources.join("\n")].filter(Boolean).join("\n\n");
}
