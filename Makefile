# The things to do here. Each installs what it needs where it may, and says what to install where it may not.

# Everything at once on this machine: both bots, a local Discord, a private database. Not optimised: it builds sooner.
.PHONY: demo
demo:
	@.ci/install demo
	cargo run --locked -- demo

# What CI runs.
.PHONY: test
test:
	@.ci/install test
	npm ci --prefix tests/witness --no-audit --no-fund --silent
	tests/witness/fetch
	$(MAKE) --jobs=2 linted built
	.ci/with-postgres cargo nextest run --locked --no-fail-fast
	$(MAKE) browser

# The lints and the tests' build at the same time: most of either is one thread's work. Each has a folder, since one waits for the other
# in the same.
.PHONY: linted built
linted:
	CARGO_TARGET_DIR=target/lint $(MAKE) lint
built:
	cargo nextest run --locked --no-run

# Format, lints for each set of features, documentation.
.PHONY: lint
lint:
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings
	cargo clippy --locked --no-default-features --features controller -- -D warnings
	cargo clippy --locked --no-default-features --features commerce -- -D warnings
	cargo clippy --locked --no-default-features --features sandbox -- -D warnings
	RUSTDOCFLAGS='-D warnings' cargo doc --locked --no-deps --quiet

# What runs it elsewhere: unit files and Dockerfile by their linters, then the two roles on two hosts. Needs root for the hosts.
.PHONY: deploy
deploy:
	@.ci/install deploy
	tests/deploy/units
	$(MAKE) two-hosts

# Maxis and Shellia as two processes in two network namespaces, over TLS, with a long and lossy way between them. Needs root.
.PHONY: two-hosts
two-hosts:
	@.ci/install deploy
	.ci/with-postgres cargo nextest run --locked --no-capture --run-ignored only -E 'test(/^deploy::two_hosts/)'

# The Dockerfile's steps in a clean root, without an engine: an optimised build of everything. Needs root.
.PHONY: image
image:
	@.ci/install deploy
	tests/deploy/image

# The control API and the admin panel asked everything that their description describes, with generated questions; `EXAMPLES=1000` for more of them.
.PHONY: described
described:
	@.ci/install test
	[ -x target/schemathesis/bin/schemathesis ] || { python3 -m venv target/schemathesis && target/schemathesis/bin/pip install --quiet --disable-pip-version-check schemathesis==4.32.5; }
	.ci/with-postgres cargo nextest run --locked --no-capture --run-ignored only -E 'test(/^(control|panel)::described/)'

# The chat page and the admin panel in a real browser, against the demo.
.PHONY: browser
browser:
	npm ci --prefix tests/browser --no-audit --no-fund --silent
	cargo build --locked
	tests/browser/run

# Throughput, latency and memory, beside pgbench on the same statements: tickets, then the shop; then a draw over a million, sentences,
# the control API over a million orders, and the panel over a million tickets.
.PHONY: bench
bench:
	@.ci/install demo
	cargo bench --locked --bench tickets
	cargo bench --locked --bench shop
	cargo bench --locked --bench draw
	cargo bench --locked --bench understand
	cargo bench --locked --bench control
	cargo bench --locked --bench panel

# A hundred thousand generated histories of payments and faults, each against a real database. Optimised a little, for most of its
# time is the program's own, and fully optimising the tests takes longer than it gains.
.PHONY: histories
histories:
	@.ci/install test
	HISTORIES=$(or $(HISTORIES),100000) CARGO_PROFILE_DEV_OPT_LEVEL=1 CARGO_INCREMENTAL=0 .ci/with-postgres \
	  cargo nextest run --locked --no-capture -E 'test(every_history_ends)'

# The process killed 300 times in the middle of purchases, and of giveaways; takes a quarter of an hour.
.PHONY: kills
kills:
	@.ci/install test
	PURCHASE_KILLS=$(or $(PURCHASE_KILLS),300) .ci/with-postgres cargo nextest run --locked --no-capture -E 'test(hands_over_what_was_paid_once)'
	GIVEAWAY_KILLS=$(or $(GIVEAWAY_KILLS),300) .ci/with-postgres cargo nextest run --locked --no-capture -E 'test(nobody_is_drawn_twice_and_no_prize_is_lost)'
