import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A cruise of nothing finds no violation: fewer modules than this means that the gate looked past the code. */
const MODULES_MIN = 80;

/** Holds the imports below `baseDir` against the rules in .dependency-cruiser.cjs; answers `rule: from → to` lines. */
export async function findBoundaryViolations(baseDir: string): Promise<{ violations: string[]; modules: number }> {
  const rules = createRequire(import.meta.url)(`${root}/.dependency-cruiser.cjs`) as {
    forbidden: object[];
    options: Record<string, unknown>;
  };
  const { output } = await cruise(
    ['packages', 'services', 'test'],
    { ...rules.options, ruleSet: { forbidden: rules.forbidden }, validate: true, baseDir } as object,
    rules.options.enhancedResolveOptions as object,
    { tsConfig: extractTSConfig(`${root}/tsconfig.json`) },
  );
  const { summary } = output as ICruiseResult;
  return {
    violations: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
    modules: summary.totalCruised,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { violations, modules } = await findBoundaryViolations(root);
  const isEmpty = modules < MODULES_MIN;
  process.stdout.write([...violations, `${violations.length} violations in ${modules} modules`, ''].join('\n'));
  if (isEmpty) process.stdout.write(`Fewer than ${MODULES_MIN} modules were looked at: the gate is broken.\n`);
  process.exitCode = violations.length > 0 || isEmpty ? 1 : 0;
}
