import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { closedTo, type Folders, unprivilegedUid } from '../folders.ts';
import type { Env } from '../servers.ts';
import { ensureCached } from './cache.ts';
import type { FetchContext } from './fetch.ts';
import { askTool } from './tool.ts';

const oldest = 17;
const newest = 21;

export type Java = { home: string; version: string };

/** The Java that starts Elasticsearch: the machine's own when it is 17 to 21, else a fetched one. */
export async function provideJava(folders: Folders, context: FetchContext): Promise<Java> {
  const { found } = await findJava(context.env, folders.isRoot);
  if (found) return found;
  const home = await ensureCached(folders.cache, 'java', context);
  return { home, version: '21' };
}

/** Looks at JAVA_HOME, then at `java` on the PATH. `refused` says why what was found is not used. */
export async function findJava(env: Env, isRoot: boolean): Promise<{ found?: Java; refused: string[] }> {
  const refused: string[] = [];
  const candidates = env.JAVA_HOME ? [join(env.JAVA_HOME, 'bin', 'java'), 'java'] : ['java'];
  for (const command of candidates) {
    const answer = await askTool(command, ['-XshowSettings:properties', '-version'], env);
    const java = answer.code === 0 ? parseJavaProperties(answer.output) : undefined;
    if (!java) continue;
    const fault = faultOf(java, isRoot);
    if (!fault) return { found: java, refused };
    refused.push(`${command} ${fault}`);
  }
  return { refused };
}

function faultOf({ home, version }: Java, isRoot: boolean): string | undefined {
  const major = Number.parseInt(version, 10);
  if (!(major >= oldest && major <= newest))
    return `is Java ${version}; Elasticsearch 8.16 needs ${oldest} to ${newest}`;
  const closed = isRoot ? closedTo(realpathSync(join(home, 'bin', 'java')), unprivilegedUid) : undefined;
  return closed ? `lies below ${closed}, which the user that Elasticsearch runs as cannot enter` : undefined;
}

/** Reads `java.home` and `java.version` of `java -XshowSettings:properties -version`. */
export function parseJavaProperties(output: string): Java | undefined {
  const home = /^\s*java\.home = (.+)$/m.exec(output)?.[1]?.trim();
  const version = /^\s*java\.version = (.+)$/m.exec(output)?.[1]?.trim();
  return home && version ? { home, version } : undefined;
}
