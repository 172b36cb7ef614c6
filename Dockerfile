# One recipe for every service: docker build --build-arg SERVICE=catalog .
# ROOM is where its workspace lies, for the one that is no service (packages/cli).

FROM node:24-bookworm-slim AS packages
WORKDIR /ortoo
# The manifests alone: the packages are installed anew only when these change.
COPY package.json package-lock.json .npmrc ./
COPY packages/shared/package.json packages/shared/
COPY packages/stack/package.json packages/stack/
COPY packages/cli/package.json packages/cli/
COPY services/catalog/package.json services/catalog/
COPY services/gateway/package.json services/gateway/
COPY services/news/package.json services/news/
COPY services/search/package.json services/search/
ARG SERVICE
ARG ROOM=services/${SERVICE}
# The versions of the lockfile, without what only development needs and without install scripts, of which production has
# none. Not `npm ci`: it refuses a lockfile that lacks the optional packages of every other platform (bin/install.mjs).
RUN npm install --workspace "${ROOM}" --omit=dev --no-save --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
WORKDIR /ortoo
COPY --from=packages /ortoo ./
COPY data data
COPY packages packages
ARG SERVICE
ARG ROOM=services/${SERVICE}
COPY ${ROOM} ${ROOM}
# Where the gateway may keep the first admin key: a volume laid over it takes its owner.
RUN mkdir /keys && chown node:node /keys
ENV NODE_ENV=production HOST=0.0.0.0 OPS_PORT=9100
USER node
WORKDIR /ortoo/${ROOM}
HEALTHCHECK --interval=5s --timeout=5s --start-period=180s --retries=6 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.OPS_PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/main.ts"]
