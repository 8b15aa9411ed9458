# syntax=docker/dockerfile:1
# docker build -t rivulet . && docker run -p 3000:3000 -v rivulet-data:/data rivulet

FROM node:24-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN BUILD_STANDALONE=1 npm exec -- next build
# What a server needs beside what was traced: the files for browsers, and its start.
RUN cp -R .next/static .next/standalone/.next/static
RUN cp -R scripts/serve-standalone.mjs scripts/listen-address.mjs scripts/startup-error.mjs .next/standalone/

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
RUN mkdir -m 700 /data && chown node:node /data
COPY --from=build /app/.next/standalone ./
USER node
VOLUME /data
EXPOSE 3000
# Longer than the 8 s that answers under way are given at the end; an orchestrator should wait as long.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# No npm in between: signals reach Node itself.
CMD ["node", "serve-standalone.mjs"]
