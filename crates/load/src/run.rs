//! A whole run: connections, warm-up, measurement, and the patience after it.

use crate::connection::{Connection, Question};
use crate::pace::Pace;
use crate::tally::{Kind, Tally};
use crate::target::{Field, Method, Url};
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;
use std::time::Duration;
use tokio::task::{JoinSet, LocalSet};
use tokio::time::{Instant, sleep, timeout_at};

/// How long a connection rests when nobody takes it, so that a closed loop does not spin.
const REST: Duration = Duration::from_millis(10);

/// What to run.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What to ask for.
    pub url: Url,
    /// The method of the request.
    pub method: Method,
    /// Further fields of the request.
    pub fields: Vec<Field>,
    /// Bytes in the body of the request.
    pub body_bytes: usize,
    /// How many connections.
    pub connections: usize,
    /// Requests a second; `None` is a closed loop.
    pub rate: Option<f64>,
    /// How long requests go before the measurement begins.
    pub warm_up: Duration,
    /// How long to measure.
    pub length: Duration,
    /// How long to wait for answers after that.
    pub patience: Duration,
}

/// Nobody answered before the run began.
#[derive(Debug)]
pub struct Unreachable(std::io::Error);

impl fmt::Display for Unreachable {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "cannot connect: {}\nhelp: start the server, or open fewer connections", self.0)
    }
}

impl std::error::Error for Unreachable {}

/// What the connections of a run share. They are tasks of one thread, so nothing is locked.
#[derive(Debug)]
struct Shared {
    pace: Pace,
    /// Requests that were due before this are warm-up.
    counts_from: Instant,
    tally: RefCell<Tally>,
    /// Since when the request of each connection has been due.
    waiting: RefCell<Vec<Option<Instant>>>,
}

/// Runs `plan`, and gives the figures.
///
/// # Errors
/// The connections could not be opened.
pub async fn run(plan: &Plan) -> Result<Tally, Unreachable> {
    let question = Question {
        bytes: plan.url.request(&plan.method, &plan.fields, plan.body_bytes).into(),
        is_head: plan.method.is_head(),
    };
    let mut connections = Vec::new();
    for _ in 0..plan.connections {
        let opened = Connection::open(plan.url.address(), question.clone()).await;
        connections.push(opened.map_err(Unreachable)?);
    }
    let start = Instant::now();
    let length = plan.warm_up + plan.length;
    let pace = match plan.rate {
        None => Pace::closed(length),
        Some(rate) => Pace::open(rate, start, length),
    };
    let shared = Shared {
        pace,
        counts_from: start + plan.warm_up,
        tally: RefCell::new(Tally::new(plan.rate)),
        waiting: RefCell::new(vec![None; plan.connections]),
    };
    let (mut shared, last) = drive(shared, connections, start + length + plan.patience).await;

    let tally = shared.tally.get_mut();
    let still_due = std::iter::from_fn(|| shared.pace.left_over());
    for due in shared.waiting.get_mut().drain(..).flatten().chain(still_due) {
        if due >= shared.counts_from {
            tally.unanswered(last - due);
        }
    }
    tally.elapsed = last.max(start + length) - shared.counts_from;
    Ok(shared.tally.into_inner())
}

/// Lets all connections ask until no request is due any more, or until `deadline`; says when that was.
async fn drive(shared: Shared, connections: Vec<Connection>, deadline: Instant) -> (Shared, Instant) {
    let shared = Rc::new(shared);
    let tasks = LocalSet::new();
    let mut asking = JoinSet::new();
    for (number, connection) in connections.into_iter().enumerate() {
        asking.spawn_local_on(keep_asking(number, connection, Rc::clone(&shared)), &tasks);
    }
    // Out of patience is not an error of the run: what still waits is counted.
    tasks.run_until(timeout_at(deadline, asking.join_all())).await.ok();
    let last = Instant::now();
    drop(tasks);
    (Rc::into_inner(shared).expect("the tasks that shared it ended with their set"), last)
}

/// One connection's whole life.
async fn keep_asking(number: usize, mut connection: Connection, shared: Rc<Shared>) {
    while let Some(due) = shared.pace.next().await {
        shared.waiting.borrow_mut()[number] = Some(due);
        let outcome = connection.ask().await;
        shared.waiting.borrow_mut()[number] = None;
        if outcome == Err(Kind::Connect) {
            sleep(REST).await;
        }
        let mut tally = shared.tally.borrow_mut();
        match outcome {
            Ok(_) if due < shared.counts_from => tally.warm_up_requests += 1,
            Err(_) if due < shared.counts_from => {}
            Ok((response, bytes)) => tally.whole(due.elapsed(), response.status, bytes),
            Err(kind) => tally.failed(kind),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;
    use tokio::sync::Mutex;
    use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

    const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    const STEP: Duration = Duration::from_millis(10);
    const STALL: Duration = Duration::from_secs(1);
    const REQUESTS: u32 = 10;

    fn get() -> Method {
        "GET".parse().expect("a good method")
    }

    /// Takes one step for an answer, and for the third a second. The clock stands still but for that.
    /// It tells `due` each request that comes due while it works.
    async fn stall_once(listener: TcpListener, length: usize, due: UnboundedSender<Instant>) {
        let start = Instant::now();
        let mut told = 0;
        let (mut stream, _) = listener.accept().await.expect("the test connects");
        for number in 0..REQUESTS {
            while told < REQUESTS && start + told * STEP <= Instant::now() {
                due.send(start + told * STEP).ok();
                told += 1;
            }
            stream.read_exact(&mut vec![0; length]).await.expect("the test sends a request");
            tokio::time::advance(if number == 2 { STALL } else { STEP }).await;
            stream.write_all(ANSWER).await.expect("the test reads the answer");
        }
    }

    /// Runs ten requests over one connection, and gives their latencies in whole milliseconds at some quantiles.
    async fn stalled(is_open: bool) -> [u64; 3] {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("it listens");
        let url: Url = format!("http://{address}/").parse().expect("a good URL");
        let request = url.request(&get(), &[], 0);
        let length = request.len();
        let question = Question { bytes: request.into(), is_head: false };
        let connection = Connection::open(address, question).await.expect("it listens");
        let (sender, receiver) = unbounded_channel();
        tokio::spawn(stall_once(listener, length, sender));
        let pace = if is_open {
            Pace::Open { due: Mutex::new(receiver) }
        } else {
            Pace::closed(STEP * (REQUESTS - 1) + STALL)
        };
        let tally = RefCell::new(Tally::new(None));
        let shared = Rc::new(Shared { pace, counts_from: Instant::now(), tally, waiting: RefCell::new(vec![None]) });
        keep_asking(0, connection, Rc::clone(&shared)).await;
        let tally = shared.tally.borrow();
        assert_eq!((tally.requests, tally.bytes), (10, 10 * ANSWER.len() as u64), "{tally}");
        [0.2, 0.5, 1.0].map(|quantile| tally.latency(quantile) / 1_000_000)
    }

    #[tokio::test(start_paused = true)]
    async fn a_stall_is_one_slow_request_in_a_closed_loop_and_many_in_an_open_one() {
        let within_a_bucket = |got: u64, expected: u64| got.abs_diff(expected) <= expected / 500;
        for (is_open, expected) in [(false, [10, 10, 1000]), (true, [10, 1000, 1000])] {
            let got = stalled(is_open).await;
            let fits = got.iter().zip(expected).all(|(&got, expected)| within_a_bucket(got, expected));
            assert!(fits, "open: {is_open}, expected {expected:?}, got {got:?}");
        }
    }

    #[tokio::test]
    async fn who_never_answers_is_counted_with_the_time_waited() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}/", listener.local_addr().expect("it listens")).parse().expect("a good URL");
        let plan = Plan {
            url,
            method: get(),
            fields: Vec::new(),
            body_bytes: 0,
            connections: 2,
            rate: Some(1000.0),
            warm_up: Duration::ZERO,
            length: Duration::from_millis(10),
            patience: Duration::from_millis(500),
        };
        let tally = run(&plan).await.expect("the system accepts for us");
        assert_eq!((tally.requests, tally.errors(Kind::Unanswered)), (0, 10), "{tally}");
        assert!(tally.latency(0.0) > 490_000_000, "all of them waited: {tally}");
    }
}
