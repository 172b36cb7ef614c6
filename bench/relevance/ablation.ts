/** A search body, looked at as what it is sent as. */
export type Body = Record<string, unknown>;
export type Ablation = {
  name: string;
  /** The body without a part of the ranking; null for a search that is not asked at all. */
  cut(body: Body): Body | null;
};

const isAbout = (node: unknown, field: string) => JSON.stringify(node).includes(field);
const isLeaf = (node: unknown) => !isAbout(node, '"should"') && !isAbout(node, '"queries"');

/** The same tree without the clauses that are about a field. */
function without(node: unknown, field: string): unknown {
  if (Array.isArray(node))
    return node.filter((one) => !(isLeaf(one) && isAbout(one, field))).map((one) => without(one, field));
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, without(value, field)]));
}

type PerWord = { multi_match: { query: string; type: string; tie_breaker?: number } };
const isPerWord = (node: unknown): node is PerWord => (node as Partial<PerWord>)?.multi_match?.type === 'best_fields';

/** One clause for all words in place of one for each. */
function fieldCentric(node: unknown): unknown {
  if (Array.isArray(node)) {
    const words = node.filter(isPerWord);
    const [first] = words;
    if (!first || words.length < 2) return node.map(fieldCentric);
    const query = words.map(({ multi_match: { query: word } }) => word).join(' ');
    const rest = node.filter((one) => !isPerWord(one)).map(fieldCentric);
    return [{ multi_match: { ...first.multi_match, query } }, ...rest];
  }
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, fieldCentric(value)]));
}

const cutClauses = (field: string) => (body: Body) => ({ ...body, query: without(body.query, field) });
const isSecondLook = (body: Body) => isAbout(body.query, 'name_all.tri') || isAbout(body.query, 'fuzziness');

/** Parts of the ranking that are taken away one at a time. What is built and asked stays the product's. */
export const ablations: Ablation[] = [
  { name: 'without skeleton', cut: cutClauses('.skeleton') },
  { name: 'without prefix', cut: cutClauses('name_all.prefix') },
  { name: 'without second look', cut: (body) => (isSecondLook(body) ? null : body) },
  { name: 'without term-centric scoring', cut: (body) => ({ ...body, query: fieldCentric(body.query) }) },
  { name: 'without phrase bonus', cut: cutClauses('"type":"phrase"') },
  { name: 'without all-words bonus', cut: cutClauses('combined_fields') },
];
