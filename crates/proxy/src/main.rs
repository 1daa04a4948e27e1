//! `proxylings-proxy`: the proxy as a program.
//!
//! Owns the command line, the signals and the exit code. Standard output carries one line of JSON when the
//! proxy is ready, and with `--log` one for each request. Exit codes: 0 stopped when asked to, 1 could not
//! start or was told twice to stop, 2 wrong arguments or a settings file that can't be used, 3 a part that never came
//! back.
//!
//! Signals: TERM and INT stop, HUP reads the rule file anew, USR2 restarts. A restart starts the same program with the
//! same arguments, environment, and standard streams; the new process gets the listening sockets, and the old one ends
//! with 0 when what ran has ended. So the process id changes: each process names its own in its first line, and the
//! end of standard output means that the last one is gone.

use clap::Parser;
use proxy::{
    Access, Config, ConfigError, DEFAULT_CONFIG, Drained, Handed, Operator, Predecessor, Program, Pseudonym, Server,
    UpstreamConfig, UpstreamUrl,
};
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::oneshot;

const SIGNALS: &str = "\
Signals:
  TERM, INT  Stop: running requests may finish. A second one ends the program at once
  HUP        Read the rule file anew; bad rules change nothing
  USR2       Restart: a successor gets the sockets, and this process ends when what runs has ended

Sockets: with LISTEN_FDS and LISTEN_PID set, as systemd does, the first one is where clients connect and the second,
or the one that LISTEN_FDNAMES calls \"admin\", is for operators. They win over --listen and --admin.";

/// An HTTP/1.1 proxy, made of the parts of the course.
#[derive(Debug, Parser)]
#[command(name = "proxylings-proxy", version, after_help = SIGNALS)]
struct Arguments {
    /// The settings file; what stands on the command line wins.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Print a commented settings file with every default, and stop.
    #[arg(long)]
    default_config: bool,
    /// Where to listen; port 0 takes a free one [default: 127.0.0.1:0, or what the settings file says]
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// Where requests go, as http://host:port. Without any upstream, a small origin inside this program answers.
    #[arg(long, value_name = "URL")]
    upstream: Option<UpstreamUrl>,
    /// A listener for operators (/status, /metrics, /events, /restart), on a loopback address
    #[arg(long, value_name = "ADDR")]
    admin: Option<SocketAddr>,
    /// The name of this proxy in Via, one word that no other proxy on the way has [default: proxylings-<random>]
    #[arg(long, value_name = "NAME")]
    via: Option<Pseudonym>,
    /// A text for the Via field, so that you see whose parts answered.
    #[arg(long, value_name = "TEXT")]
    label: Option<String>,
    /// Write one line of JSON for each request.
    #[arg(long)]
    log: bool,
    /// Stop when standard input closes, so that the proxy does not outlive whoever started it.
    #[arg(long)]
    stop_on_stdin_eof: bool,
    /// How long a request head may take, in milliseconds [default: 10000]
    #[arg(long, value_name = "MS")]
    head_timeout_ms: Option<u64>,
    /// How long connecting to the upstream may take, in milliseconds [default: 3000]
    #[arg(long, value_name = "MS")]
    connect_timeout_ms: Option<u64>,
    /// How long the upstream may take to answer, in milliseconds [default: 30000]
    #[arg(long, value_name = "MS")]
    response_timeout_ms: Option<u64>,
    /// How long a client may stay idle between requests, in milliseconds [default: 60000]
    #[arg(long, value_name = "MS")]
    idle_timeout_ms: Option<u64>,
    /// How long a body may stand still, in milliseconds [default: 30000]
    #[arg(long, value_name = "MS")]
    body_timeout_ms: Option<u64>,
    /// How long nothing may move in a tunnel after an upgrade, in milliseconds [default: 300000]
    #[arg(long, value_name = "MS")]
    tunnel_timeout_ms: Option<u64>,
    /// How many requests one client connection may bring [default: 100000]
    #[arg(long, value_name = "N")]
    requests: Option<NonZeroU32>,
    /// How long running requests may go on after a stop, in milliseconds [default: 10000]
    #[arg(long, value_name = "MS")]
    drain_ms: Option<u64>,
    /// How long a successor may take to get ready, in milliseconds [default: 10000]
    #[arg(long, value_name = "MS")]
    ready_ms: Option<u64>,
}

impl Arguments {
    fn config(&self) -> Result<Config, ConfigError> {
        let mut config = match &self.config {
            Some(path) => Config::load(path)?,
            None => Config { listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), ..Config::default() },
        };
        config.listen = self.listen.unwrap_or(config.listen);
        config.admin = self.admin.or(config.admin);
        if let Some(url) = &self.upstream {
            config.upstreams = vec![UpstreamConfig::single(url.clone())];
        }
        if let Some(via) = &self.via {
            config.settings.via = Some(via.clone());
        }
        if let Some(label) = &self.label {
            config.settings.label.clone_from(label);
        }
        if self.log {
            config.access = Access::Json;
        }
        config.settings.requests = self.requests.unwrap_or(config.settings.requests);
        let timeouts = &mut config.settings.timeouts;
        for (given, setting) in [
            (self.head_timeout_ms, &mut timeouts.head),
            (self.connect_timeout_ms, &mut timeouts.connect),
            (self.response_timeout_ms, &mut timeouts.response),
            (self.idle_timeout_ms, &mut timeouts.idle),
            (self.body_timeout_ms, &mut timeouts.body),
            (self.tunnel_timeout_ms, &mut timeouts.tunnel),
            (self.drain_ms, &mut timeouts.drain),
            (self.ready_ms, &mut timeouts.ready),
        ] {
            if let Some(milliseconds) = given {
                *setting = Duration::from_millis(milliseconds);
            }
        }
        Ok(config)
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if arguments.default_config {
        print!("{DEFAULT_CONFIG}");
        return ExitCode::SUCCESS;
    }
    let (handed, predecessor) = match Handed::take() {
        Ok(taken) => taken,
        Err(error) => return complain(&error.to_string()),
    };
    let config = match arguments.config() {
        Ok(config) => config,
        Err(error) => {
            complain(&give_up(predecessor, &error.to_string()));
            return ExitCode::from(2);
        }
    };
    proxy::report_panics();
    let limit = config.settings.timeouts.part;
    proxy::watch_parts(limit, move |part| {
        let text = format!(
            "part `{part}` has been computing for {} ms without a pause, so the proxy ends\n\
             help: is there a loop that never ends, or a lock that waits for itself?",
            limit.as_millis()
        );
        complain(&text);
        std::process::exit(3);
    });
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return complain(&format!("the system gives us no threads: {error}")),
    };
    let run = run(&arguments, config, handed, predecessor);
    let code = runtime.block_on(run).unwrap_or_else(|message| complain(&message));
    // Connections that the deadline has cut off are not waited for again.
    runtime.shutdown_background();
    code
}

async fn run(
    arguments: &Arguments,
    config: Config,
    handed: Handed,
    predecessor: Option<Predecessor>,
) -> Result<ExitCode, String> {
    let no_signals = |error| format!("the system gives us no signals: {error}");
    let (signals, orders) = (Signals::new().map_err(no_signals)?, Orders::new().map_err(no_signals)?);
    let (wanted, is_new) = (config.listen, handed.is_empty());
    let server = match Server::bind(config, handed, Program::ours()).await {
        Ok(server) => server,
        Err(error) => return Err(give_up(predecessor, &error.to_string())),
    };
    if !is_new && wanted.port() != 0 && wanted != server.address() {
        let at = server.address();
        eprintln!(
            "proxylings-proxy: it listens at {at}, as handed over; to move to {wanted}, stop it and start it anew"
        );
    }
    if let Some(predecessor) = predecessor {
        predecessor.ready().map_err(|error| error.to_string())?;
    }

    let url = |address: SocketAddr| format!("http://{address}");
    let ready = serde_json::json!({
        "event": "listening",
        "pid": std::process::id(),
        "url": url(server.address()),
        "upstream": server.upstream(),
        "admin": server.admin_address().map(url),
    });
    // Whoever started us may not listen: that is no reason not to serve.
    let mut stdout = std::io::stdout();
    writeln!(stdout, "{ready}").and_then(|()| stdout.flush()).ok();

    tokio::spawn(orders.follow(server.operator()));
    let stdin_eof = arguments.stop_on_stdin_eof.then(watch_stdin);
    if server.run(stop_asked_for(signals, stdin_eof)).await == Drained::Cut {
        eprintln!("proxylings-proxy: stopped with requests still running");
    }
    Ok(ExitCode::SUCCESS)
}

/// The two signals that mean "stop".
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// The two signals that are orders to a proxy that goes on.
struct Orders {
    reload: Signal,
    restart: Signal,
}

impl Orders {
    fn new() -> std::io::Result<Self> {
        Ok(Self { reload: signal(SignalKind::hangup())?, restart: signal(SignalKind::user_defined2())? })
    }

    /// Follows one order after the other. The operator tells what became of each.
    async fn follow(mut self, operator: Operator) {
        loop {
            tokio::select! {
                _ = self.reload.recv() => operator.reload().await,
                _ = self.restart.recv() => operator.restart().await,
            }
        }
    }
}

/// Tells whoever wants to be replaced that nothing will come of it. Gives the words back.
fn give_up(predecessor: Option<Predecessor>, why: &str) -> String {
    if let Some(predecessor) = predecessor {
        predecessor.failed(why);
    }
    why.to_owned()
}

/// Ends at the first signal, or at the end of standard input. A signal after that ends the program at once.
async fn stop_asked_for(mut signals: Signals, stdin_eof: Option<oneshot::Receiver<()>>) {
    match stdin_eof {
        None => signals.next().await,
        Some(eof) => tokio::select! {
            () = signals.next() => {}
            _ = eof => {}
        },
    }
    tokio::spawn(async move {
        signals.next().await;
        std::process::exit(complain_code("stopped at once, as asked"));
    });
}

/// A thread of its own, because a read from standard input cannot be taken back.
fn watch_stdin() -> oneshot::Receiver<()> {
    let (closed, eof) = oneshot::channel();
    std::thread::spawn(move || {
        let mut scratch = [0; 1024];
        while let Ok(1..) = std::io::stdin().lock().read(&mut scratch) {}
        drop(closed);
    });
    eof
}

fn complain(message: &str) -> ExitCode {
    eprintln!("proxylings-proxy: {message}");
    ExitCode::from(1)
}

fn complain_code(message: &str) -> i32 {
    eprintln!("proxylings-proxy: {message}");
    1
}
