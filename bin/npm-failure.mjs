const UNKNOWN_VERSION = /\b(E404|ETARGET)\b/;

/** What npm prints when it fails, and what that means for the person who sees it. First match wins. */
const causes = [
  [/\b(ENOSPC|EDQUOT)\b/, 'The disk is full: free about 1 GB where the project and the npm cache lie, then try again.'],
  [
    /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|FETCH_ERROR)\b/,
    'npm could not reach its package registry: check the network (and `npm config get registry`), then try again.',
  ],
  [/\b(EACCES|EPERM|EROFS)\b/, 'npm may not write here: the project folder and the npm cache must belong to you.'],
  [/\bEINTEGRITY\b/, 'A downloaded package was damaged: run `npm cache clean --force`, then try again.'],
  [/\b(E401|E403)\b/, 'The package registry refused us: check the credentials in your .npmrc.'],
  [UNKNOWN_VERSION, 'The package registry lacks a package of the lockfile: check `npm config get registry`.'],
];

/**
 * One sentence for a failed run of npm. Pure.
 *
 * @param {string} output what npm printed
 * @param {string} ended how it ended, such as `exit code 1`
 */
export function explainNpmFailure(output, ended) {
  const cause = causes.find(([pattern]) => pattern.test(output));
  if (cause !== undefined) return cause[1];
  return `npm failed (${ended}); its last lines stand above.`;
}

/** Whether npm found no such package or version where it looked, which may be a cache that is older. Pure. */
export function isUnknownVersion(output) {
  return UNKNOWN_VERSION.test(output);
}
