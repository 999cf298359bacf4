# One image for both roles: `docker run … shellia --role commerce` or `--role controller`.
FROM rust:1.95-slim-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY Cargo.toml Cargo.lock ./
COPY src src
COPY config config
COPY migrations migrations
COPY static static
# The test and bench targets are named in Cargo.toml; their sources are not needed for the program.
RUN mkdir -p tests benches/tickets && touch tests/main.rs benches/tickets/main.rs \
    && cargo build --locked --release --no-default-features --features commerce,controller

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl && rm -rf /var/lib/apt/lists/* \
    && useradd --system --home-dir /data --create-home --uid 10001 shellia
COPY --from=build /build/target/release/shellia /usr/local/bin/shellia
USER shellia
WORKDIR /data
ENV SHELLIA_DATA_DIR=/data MAXIS_LISTEN=0.0.0.0:8080 SHELLIA_LISTEN=0.0.0.0:8081
EXPOSE 8080 8081
HEALTHCHECK --interval=30s --timeout=5s CMD curl -fsS http://127.0.0.1:8080/health || curl -fsS http://127.0.0.1:8081/health
ENTRYPOINT ["shellia"]
