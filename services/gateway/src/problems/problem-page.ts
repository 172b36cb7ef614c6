import { type ErrorCode, errorCodes } from '@ortoo/shared/kernel';
import { problemKinds, problemSlug } from './problem-list.ts';

/** A code as data: what its page says. */
export function describeProblem(code: ErrorCode) {
  return { code, ...problemKinds[code] };
}

/** The code of a page's address, or undefined. */
export function problemCodeOf(slug: string): ErrorCode | undefined {
  return errorCodes.find((code) => problemSlug(code) === slug);
}

/** The page of one code, for people who follow `type`. */
export function renderProblem(code: ErrorCode): string {
  const { status, title, meaning, remedy } = problemKinds[code];
  return page(
    title,
    `<p><code>${code}</code>, HTTP status ${status}</p>
<h2>What it means</h2>
<p>${toHtml(meaning)}</p>
<h2>What to do</h2>
<p>${toHtml(remedy)}</p>
<p><a href="/problems">All problems</a></p>`,
  );
}

/** The list of all codes. */
export function renderProblems(): string {
  const rows = errorCodes.map((code) => {
    const { status, title } = problemKinds[code];
    return `<tr><td>${status}</td><td><a href="/problems/${problemSlug(code)}"><code>${code}</code></a></td><td>${toHtml(title)}</td></tr>`;
  });
  return page(
    'Problems',
    `<table><thead><tr><th>Status</th><th>Code</th><th>Title</th></tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table>`,
  );
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${toHtml(title)} · Ortoo</title></head>
<body>
<main>
<h1>${toHtml(title)}</h1>
${content}
</main>
</body>
</html>
`;
}

/** Our own sentences: escaped, with what stands in backticks as code. */
function toHtml(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped.replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}
