/** A piece of XML that is well-formed whatever texts it was made of. */
export type Xml = { markup: string };

/** An XML document. Source: XML 1.0, fifth edition. */
export function xmlDocument({ markup }: Xml): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${markup}\n`;
}

/**
 * An element. Texts, of attributes too, may hold anything: markup becomes references, and what XML 1.0 cannot hold at all
 * (control characters, lone surrogates) is left out. Without a value, an attribute or a child is not there.
 */
export function element(
  name: string,
  attributes: Record<string, string | undefined>,
  ...children: (Xml | string | undefined)[]
): Xml {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : ` ${key}="${escapeText(value)}"`,
  );
  const inside = children
    .filter((child) => child !== undefined)
    .map((child) => (typeof child === 'string' ? escapeText(child) : child.markup));
  const open = `${name}${given.join('')}`;
  return { markup: inside.length === 0 ? `<${open}/>` : `<${open}>${inside.join('')}</${name}>` };
}

/** An element of a text; nothing when there is none. */
export function textElement(name: string, text: string | undefined): Xml | undefined {
  return text === undefined || text === '' ? undefined : element(name, {}, text);
}

const UNKNOWN_TO_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
/** A reader would make one blank of these in an attribute, and a line feed of a carriage return anywhere. */
const MARKUP = /[&<>"'\t\n\r]/g;

function escapeText(text: string): string {
  return text.replace(UNKNOWN_TO_XML, '').replace(MARKUP, (sign) => `&#${sign.charCodeAt(0)};`);
}
