import mongoose from 'mongoose';
import type { Names, Service } from '../contracts/subjects.ts';

/** How MongoDB answered one statement: by which index, whether it sorted what it had found, how much it looked at. */
type ListPlan = { plan: string; isSorted: boolean; documents: number };

export type ListPlans = {
  /** Puts copies of a stored document beside it, each with members of its own. */
  multiply(collection: string, id: string, copies: { _id: string }[]): Promise<void>;
  /** Runs a list and answers how its page was found. */
  planOf(collection: string, list: () => Promise<unknown>): Promise<ListPlan>;
  close(): Promise<void>;
};

/** A view on how MongoDB answers the lists of one owner: its profiler is switched on for the owner's database. */
export async function openListPlans(
  { mongoUrl, names }: { mongoUrl: string; names: Names },
  owner: Service,
): Promise<ListPlans> {
  const connection = await mongoose.createConnection(mongoUrl, { serverSelectionTimeoutMS: 10_000 }).asPromise();
  const database = connection.getClient().db(names.database(owner));
  await database.setProfilingLevel('all');
  return {
    async multiply(collection, id, copies) {
      const documents = database.collection<{ _id: string }>(collection);
      const original = await documents.findOne({ _id: id });
      await documents.insertMany(copies.map((copy) => ({ ...original, ...copy })));
    },
    async planOf(collection, list) {
      await list();
      const [row] = await database
        .collection('system.profile')
        .find({ ns: `${database.databaseName}.${collection}`, 'command.sort': { $exists: true } })
        .sort({ $natural: -1 })
        .limit(1)
        .toArray();
      return {
        plan: String(row?.planSummary),
        isSorted: row?.hasSortStage === true,
        documents: Number(row?.docsExamined),
      };
    },
    close: () => connection.close(),
  };
}
