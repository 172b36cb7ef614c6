import { ask, type Client, EngineFault, type estypes } from './client.ts';
import { dictionaryFilter } from './dictionary-analysis.ts';

/** Long enough for a node that reads the dictionary for the first time: 5 to 20 s. */
const READ_MS = 60_000;
/** What the engine says where a dictionary is not there, and where it cannot be read. */
const WITHOUT = /hunspell dictionary/i;

/** Null where the engine has the dictionary and can read it; else what it says of it. */
export type DictionaryFault = string | null;

/**
 * Asks the engine to stem a word by the dictionary. A node without one says so, and that is an answer; what says nothing of
 * dictionaries throws EngineFault and may be asked again.
 */
export const findDictionary = (client: Client) => async (): Promise<DictionaryFault> => {
  const filter = ['lowercase', dictionaryFilter] as estypes.IndicesAnalyzeRequest['filter'] & object;
  try {
    await ask(client.indices.analyze({ tokenizer: 'standard', filter, text: 'ном' }, { requestTimeout: READ_MS }));
    return null;
  } catch (error) {
    if (error instanceof EngineFault && WITHOUT.test(error.message)) return error.message;
    throw error;
  }
};
