# A server for a team: docker build -t lossline . && docker run -p 127.0.0.1:5757:5757 -v lossline:/data lossline
# It speaks plain HTTP for a proxy before it, and asks for keys: docker exec CONTAINER lossline user add NAME --admin

FROM node:22-slim AS build
WORKDIR /source
RUN npm install --global pnpm@10.34.8
COPY . .
# Optional dependencies of adapters and examples bring binaries that the server does not need.
ENV ONNXRUNTIME_NODE_INSTALL=skip CI=true
RUN pnpm install --frozen-lockfile --filter "lossline..." --filter "lossline-workspace" \
 && pnpm exec turbo run build --filter=lossline \
 && pnpm --filter lossline deploy --prod --config.inject-workspace-packages=true /app

FROM node:22-slim
COPY --from=build /app /app
RUN ln -s /app/bin/lossline.js /usr/local/bin/lossline && install -d -o node -g node -m 700 /data
USER node
WORKDIR /data
VOLUME /data
ENV NODE_ENV=production LOSSLINE_DATA_DIR=/data LOSSLINE_SERVE_HOST=0.0.0.0 LOSSLINE_SERVE_PORT=5757
EXPOSE 5757
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:5757/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Requests in flight get ten seconds to end.
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "--disable-warning=ExperimentalWarning", "/app/bin/lossline.js"]
CMD ["serve"]
