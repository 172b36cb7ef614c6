import { Parser } from 'htmlparser2';

/** An element as a reader that is not ours sees it. */
export type Read = { name: string; attributes: Record<string, string>; children: Read[]; text: string };

/** Reads XML. Throws when an element is closed by the end of another. */
export function readXml(source: string): Read {
  const root: Read = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        const element: Read = { name, attributes, children: [], text: '' };
        open.at(-1)?.children.push(element);
        open.push(element);
      },
      ontext: (text) => {
        for (const element of open) element.text += text;
      },
      onclosetag: (name) => {
        const { name: opened } = open.pop() ?? {};
        if (opened !== name) throw new Error(`${opened} is closed by ${name}`);
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(source);
  const [element] = root.children;
  if (!element || root.children.length !== 1) throw new Error('there is not one element that holds all others');
  return element;
}

/** All elements of a name inside another, in the order of the text. */
export function allOf({ children }: Read, name: string): Read[] {
  return children.flatMap((child) => [...(child.name === name ? [child] : []), ...allOf(child, name)]);
}
