//! The program `shellia`: reads the command line, sets up logging, runs what was asked for.

mod cli;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return cli::fail(&format!("the runtime could not be started: {error}")),
    };
    runtime.block_on(cli::run(cli::Cli::parse()))
}
