import { systemClock } from '@ortoo/shared/kernel';
import { definitions } from '../../services/search/src/index/definition.ts';
import type { EvalSet } from './eval-set.ts';
import type { openEngine } from './patient-engine.ts';
import { loadProduct } from './product-search.ts';
import type { Results, WithDictionary } from './results.ts';
import { type Forms, score } from './score.ts';

/** Sets with Mongolian texts. */
const MONGOLIAN: (keyof Results)[] = ['mentions', 'questions', 'portal'];

/**
 * Asks the same queries of an index that was analysed with a dictionary; undefined where the engine has none or the set
 * has no Mongolian.
 */
export async function measureWithDictionary(
  engine: ReturnType<typeof openEngine>,
  { set, evalSet, without }: { set: keyof Results; evalSet: EvalSet; without: Forms },
  say: (line: string) => void,
): Promise<WithDictionary | undefined> {
  if (!MONGOLIAN.includes(set)) return undefined;
  const fault = await engine.findDictionary();
  if (fault !== null) {
    say(`not measured with a dictionary: ${fault}`);
    return undefined;
  }
  const { documents, categories } = evalSet;
  const definition = definitions.withDictionary;
  const setting = { definition, ...(categories ? { categories } : {}) };
  const product = await loadProduct(engine, documents, setting);
  try {
    const { forms } = await score(product.asker(), evalSet, say);
    say(`with a dictionary: ${JSON.stringify(forms)}`);
    return { at: systemClock.now().slice(0, 10), without, with: forms };
  } finally {
    await product.drop();
  }
}
