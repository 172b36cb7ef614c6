import type { Endpoints } from '@ortoo/shared/bus';
import { viewNewArticle } from '@ortoo/shared/contracts';
import type { IntakeActions } from './intake.actions.ts';

/** The calls about raw pages. */
export const intakeEndpoints = (actions: IntakeActions): Endpoints => ({
  'rpc.news.article.extract': async (ctx, request) => ({
    body: JSON.stringify(await actions.extract(ctx, request)),
    meta: {},
  }),
  'rpc.news.article.ingest': async (ctx, request) => {
    const { stored, extraction } = await actions.ingest(ctx, request);
    const viewed = viewNewArticle(stored, { view: 'staff', lang: request.lang });
    const { id, v, updatedAt, display } = viewed;
    return {
      body: JSON.stringify({ ...viewed, extraction }),
      meta: { id, v: String(v), updatedAt, lang: display.lang },
    };
  },
});
