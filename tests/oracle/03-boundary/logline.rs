//! Part 03 before the oracle: pins the types with their lifetimes, and tells what was lent and what was copied.

use std::borrow::Cow;
use std::net::IpAddr;

use oracle_support::{Input, answer_all, listed, shown};
use wire::Version;
use wire::logline::{Columns, Entry, LineError, RequestWords};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let write: fn(&Entry<'_>, &mut Vec<u8>) = part_logline::write;
    let parse: for<'a> fn(&'a [u8]) -> Result<Entry<'a>, LineError> = part_logline::parse;
    let columns: fn(&[u8]) -> Columns = part_logline::columns;
    match call {
        "Write" => {
            let (mut out, room) = (input.bytes(), input.size());
            let texts = Texts::read(input);
            out.reserve_exact(room);
            let (before, capacity) = (out.as_ptr(), out.capacity());
            write(&texts.entry(), &mut out);
            let stayed = out.len() > capacity || (out.as_ptr() == before && out.capacity() == capacity);
            format!("{}, the same buffer where there is room: {stayed}", shown(&out))
        }
        "Parse" => {
            let line = input.bytes();
            match parse(&line) {
                Ok(entry) => told(&entry, &line),
                Err(error) => format!("{error:?}"),
            }
        }
        "Rows" => {
            let log = input.bytes();
            // Read by another thread, as the type says that it may be.
            let rows = std::thread::scope(|scope| {
                let rows = sent(&log);
                scope.spawn(move || rows.collect::<Vec<_>>()).join()
            });
            let rows = rows.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            listed(rows.into_iter().map(|(number, row)| match row {
                Ok(entry) => format!("{number}: {}", told(&entry, &log)),
                Err(error) => format!("{number}: {error:?}"),
            }))
        }
        "Columns" => {
            let Columns { client, time, status, body_bytes, took_us, target, unreadable, errors } =
                columns(&input.bytes());
            let targets = listed(target.iter().map(shown));
            format!(
                "client {client:?}, time {time:?}, status {status:?}, bytes {body_bytes:?}, took {took_us:?}, \
                 target {targets}, offsets {:?}, unreadable {unreadable}, errors {errors:?}",
                target.offsets()
            )
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}

fn sent<'a>(log: &'a [u8]) -> impl Iterator<Item = (u64, Result<Entry<'a>, LineError>)> + Send + use<'a> {
    part_logline::rows(log)
}

/// An entry, and of each text whether it is a view of `line` or a copy.
fn told(entry: &Entry<'_>, line: &[u8]) -> String {
    let text = |text: &Cow<'_, [u8]>| match text {
        Cow::Borrowed(view) if view.is_empty() || line.as_ptr_range().contains(&view.as_ptr()) => {
            format!("lent {}", shown(view))
        }
        Cow::Borrowed(other) => format!("lent by somebody else {}", shown(other)),
        Cow::Owned(copy) => format!("owned {}", shown(copy)),
    };
    let maybe = |maybe: &Option<Cow<'_, [u8]>>| maybe.as_ref().map_or_else(|| String::from("none"), text);
    let request = entry.request.as_ref().map_or_else(
        || String::from("none"),
        |words| format!("{}, {}, {:?}", text(&words.method), text(&words.target), words.version),
    );
    let Entry { client, time, status, body_bytes, took_us, .. } = entry;
    let (referer, agent) = (maybe(&entry.referer), maybe(&entry.user_agent));
    format!("{client} {time} ({request}) {status} {body_bytes} ({referer}) ({agent}) {took_us}")
}

/// What an entry borrows.
struct Texts {
    client: IpAddr,
    time: u64,
    request: Option<(Vec<u8>, Vec<u8>, Version)>,
    status: u16,
    body_bytes: u64,
    referer: Option<Vec<u8>>,
    user_agent: Option<Vec<u8>>,
    took_us: u64,
}

impl Texts {
    fn read(input: &mut Input<'_>) -> Self {
        Self {
            client: input.text().parse().expect("the case maker sends an address"),
            time: input.wide(),
            request: input.option(|input| {
                let (method, target) = (input.bytes(), input.bytes());
                (method, target, if input.flag() { Version::Http10 } else { Version::Http11 })
            }),
            status: u16::try_from(input.number()).expect("the case maker sends a status"),
            body_bytes: input.wide(),
            referer: input.option(Input::bytes),
            user_agent: input.option(Input::bytes),
            took_us: input.wide(),
        }
    }

    fn entry(&self) -> Entry<'_> {
        Entry {
            client: self.client,
            time: self.time,
            request: self.request.as_ref().map(|(method, target, version)| RequestWords {
                method: Cow::Borrowed(method),
                target: Cow::Borrowed(target),
                version: *version,
            }),
            status: self.status,
            body_bytes: self.body_bytes,
            referer: self.referer.as_deref().map(Cow::Borrowed),
            user_agent: self.user_agent.as_deref().map(Cow::Borrowed),
            took_us: self.took_us,
        }
    }
}
