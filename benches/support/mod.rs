//! What the benchmarks share: the private PostgreSQL, pgbench beside it, the proof that both send the same statements,
//! processor time, the program as a process. It knows neither tickets nor the shop.

pub(crate) mod app;
pub(crate) mod cpu;
pub(crate) mod figures;
pub(crate) mod pgbench;
pub(crate) mod plain;
pub(crate) mod proof;
pub(crate) mod role;
pub(crate) mod server;

/// Whatever went wrong, in words.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;
/// What a step of a benchmark comes to.
pub(crate) type Outcome<T> = Result<T, Failure>;

use std::future::Future;
use std::process::ExitCode;

/// Runs a benchmark to its end.
pub(crate) fn block_on(run: impl Future<Output = Outcome<()>>) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("the runtime could not be started: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("the benchmark could not be carried out: {failure}");
            ExitCode::FAILURE
        }
    }
}
