import { Tokenizer } from 'htmlparser2';
import { createTextGatherer } from './html-text.rules.ts';

/** What is told of HTML, in its order. */
export type HtmlListener = {
  open(name: string, attributes: ReadonlyMap<string, string>): void;
  close(name: string): void;
  literal(text: string): void;
  /** A character that was written as a reference. */
  exact(character: string): void;
};

const nothing = () => undefined;

/**
 * Reads HTML token by token. No tree is built, since that of hostile HTML is as deep as it is long and costs its square:
 * the time is linear in the length. Comments, declarations and NUL are passed over. Source: WHATWG HTML §13.2.5.
 */
export function readTokens(html: string, listener: HtmlListener): void {
  const sound = html.replaceAll('\0', '');
  const slice = (start: number, end: number) => sound.slice(start, end);
  const value = createTextGatherer();
  let name = '';
  let member = '';
  let attributes = new Map<string, string>();

  const opened = () => listener.open(name, attributes);
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      onopentagname(start, end) {
        name = slice(start, end).toLowerCase();
        attributes = new Map();
      },
      onattribname(start, end) {
        member = slice(start, end).toLowerCase();
      },
      onattribdata: (start, end) => value.literal(slice(start, end)),
      onattribentity: (code) => value.exact(String.fromCodePoint(code)),
      onattribend() {
        const given = value.take();
        if (!attributes.has(member)) attributes.set(member, given);
      },
      onopentagend: opened,
      onselfclosingtag: opened,
      onclosetag: (start, end) => listener.close(slice(start, end).trim().toLowerCase()),
      ontext: (start, end) => listener.literal(slice(start, end)),
      ontextentity: (code) => listener.exact(String.fromCodePoint(code)),
      oncdata: nothing,
      oncomment: nothing,
      ondeclaration: nothing,
      onprocessinginstruction: nothing,
      onend: nothing,
    },
  );
  tokenizer.write(sound);
  tokenizer.end();
}
