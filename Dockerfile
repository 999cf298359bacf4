# One image for both roles: `docker run … shellia --role commerce` or `--role controller`.
# Both together with PostgreSQL: config/compose.yaml. `make image` runs these steps in a clean root without an engine.
FROM rust:1.95-slim-bookworm AS build
WORKDIR /build
# The dependencies first, with stand-ins for our own sources: this layer is built anew only when they change. Cargo wants a
# file for each target that Cargo.toml names, the tests and benches too.
COPY Cargo.toml Cargo.lock ./
RUN for file in $(sed -n 's/^path = "\(.*\)"$/\1/p' Cargo.toml) src/main.rs; do \
        mkdir -p "$(dirname "$file")" && echo 'fn main() {}' > "$file" || exit 1; \
    done \
    && touch src/lib.rs \
    && cargo build --locked --release --no-default-features --features commerce,controller
COPY src src
COPY config config
COPY migrations migrations
COPY static static
# Copied files keep their times, which may lie before those of the stand-ins.
RUN touch src/lib.rs src/main.rs \
    && cargo build --locked --release --no-default-features --features commerce,controller

FROM debian:bookworm-slim
# What is current in Debian's stable release is what is wanted: it brings the security updates.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --no-log-init --home-dir /data --create-home --uid 10001 shellia
COPY --from=build /build/target/release/shellia /usr/local/bin/shellia
USER 10001
WORKDIR /data
ENV SHELLIA_DATA_DIR=/data MAXIS_LISTEN=0.0.0.0:8080 SHELLIA_LISTEN=0.0.0.0:8081
VOLUME /data
EXPOSE 8080 8081
# Whichever role it is, with TLS or without; from inside, the certificate's name says nothing.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["sh", "-c", "\
    curl -fsS http://127.0.0.1:8080/health || curl -fsSk https://127.0.0.1:8080/health || curl -fsS http://127.0.0.1:8081/health"]
ENTRYPOINT ["shellia"]
