//! `proxylings-load`: the load generator as a program.
//!
//! From the root of the repository: `cargo run --release -p load -- http://127.0.0.1:8080/ --rate 500`.
//! Standard output carries one JSON object. Exit codes: 0 measured, whatever the answers were; 1 nobody to
//! connect to; 2 wrong arguments.

use clap::Parser;
use load::{Field, Method, Plan, Url, run};
use std::process::ExitCode;
use std::time::Duration;

/// The body lies in memory, once for all connections.
const LONGEST_BODY: usize = 1 << 30;

/// Puts load on one URL and says how long answers took.
///
/// Without --rate, each connection asks again when its response is whole: that measures throughput.
/// With --rate, requests are due at fixed times, and latency counts from the moment a request was due, so
/// that a server that stands still can't hide it by delaying what would have measured it.
#[derive(Debug, Parser)]
#[command(name = "proxylings-load", version)]
struct Arguments {
    /// What to ask for, as http://ip:port/target
    url: Url,
    /// The method of the request.
    #[arg(long, default_value = "GET")]
    method: Method,
    /// Send a body of so many bytes with each request.
    #[arg(long, value_name = "N", default_value = "0", value_parser = body_bytes)]
    body_bytes: usize,
    /// How many connections.
    #[arg(long, value_name = "N", default_value = "64", value_parser = clap::value_parser!(u16).range(1..))]
    connections: u16,
    /// How long to measure.
    #[arg(long, value_name = "S", default_value = "3", value_parser = seconds)]
    seconds: Duration,
    /// How long to go before that, uncounted.
    #[arg(long, value_name = "S", default_value = "0", value_parser = seconds)]
    warm_up: Duration,
    /// How long to wait after that for answers.
    #[arg(long, value_name = "S", default_value = "5", value_parser = seconds)]
    patience: Duration,
    /// Requests a second, due at fixed times; without it, as many as there are answers.
    #[arg(long, value_name = "R", value_parser = rate)]
    rate: Option<f64>,
    /// A further field of the request; may be given again.
    #[arg(long = "field", value_name = "NAME: VALUE")]
    fields: Vec<Field>,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "write seconds as a number".to_owned())?;
    Duration::try_from_secs_f64(seconds)
        .ok()
        .filter(|length| length.as_secs() < 3600)
        .ok_or_else(|| "from 0 to less than 3600 seconds".to_owned())
}

fn body_bytes(text: &str) -> Result<usize, String> {
    let bytes = text.parse().map_err(|_| "write the bytes as a whole number".to_owned())?;
    if bytes <= LONGEST_BODY { Ok(bytes) } else { Err(format!("at most {LONGEST_BODY} bytes")) }
}

fn rate(text: &str) -> Result<f64, String> {
    let rate: f64 = text.parse().map_err(|_| "write the rate as a number".to_owned())?;
    if (0.1..=1e6).contains(&rate) { Ok(rate) } else { Err("from 0.1 to 1000000 requests a second".to_owned()) }
}

fn main() -> ExitCode {
    let Arguments { url, method, body_bytes, connections, seconds, warm_up, patience, rate, fields } =
        Arguments::parse();
    // Linux wakes sleepers up to 50 microseconds late, to save power. Where this file is missing, so be it.
    std::fs::write("/proc/self/timerslack_ns", "1").ok();
    let connections = usize::from(connections);
    let plan = Plan { url, method, fields, body_bytes, connections, rate, warm_up, length: seconds, patience };
    let measured = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("the system gives us no runtime: {error}"))
        .and_then(|runtime| runtime.block_on(run(&plan)).map_err(|error| error.to_string()));
    match measured {
        Ok(tally) => {
            println!("{tally}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("proxylings-load: {message}");
            ExitCode::from(1)
        }
    }
}
