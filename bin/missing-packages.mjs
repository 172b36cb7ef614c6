/**
 * Compares what the lockfile asks for with what npm says it installed. Pure.
 *
 * @param {{packages?: Record<string, object>}} lockfile parsed package-lock.json
 * @param {{packages?: Record<string, object>} | null} installed parsed node_modules/.package-lock.json, null without one
 * @param {(path: string) => boolean} isThere whether the folder of an installed package still exists
 * @returns {string[]} paths of packages to install, such as `node_modules/fastify`; empty when all is there
 */
export function findMissingPackages(lockfile, installed, isThere) {
  return listInstallable(lockfile).filter((path) => {
    const wanted = lockfile.packages[path];
    const found = installed?.packages?.[path];
    if (found === undefined) return !mayBeAbsent(wanted) || installed === null;
    if (wanted.link !== true && !isSameBuild(wanted, found)) return true;
    return !isThere(path);
  });
}

/** Paths of the lockfile that npm puts into a node_modules folder: all but the project and its workspaces. */
export function listInstallable(lockfile) {
  return Object.keys(lockfile.packages ?? {}).filter((path) => /(^|\/)node_modules\//.test(path));
}

/** npm leaves out optional packages made for another platform, and does not list them as installed. */
function mayBeAbsent(wanted) {
  const isForSomePlatforms = wanted.os !== undefined || wanted.cpu !== undefined || wanted.libc !== undefined;
  return wanted.optional === true || (wanted.devOptional === true && isForSomePlatforms);
}

function isSameBuild(wanted, found) {
  if (wanted.version !== found.version) return false;
  return wanted.integrity === undefined || found.integrity === undefined || wanted.integrity === found.integrity;
}
