//! Part 06 before the oracle: filters of our own beside the learner's, and what was asked of them.

use std::net::IpAddr;
use std::str::FromStr;
use std::sync::{Arc, Mutex};

use oracle_support::{Input, answer_all, listed, shown};
use part_pipeline::{Admission, Arrived, Blocking, Filter, Filters, Guard, Phase, Pipeline, Rewriting, Shaper, then};
use wire::FieldLines;
use wire::pipeline::{Answer, Edits, Incoming};
use wire::rules::{Block, FieldEdit, FieldMatch, RateLimit, Rewrite, Rules, Scope, Wrong};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    match call {
        "Blocks" => {
            let new: fn(Vec<Block>) -> Blocking = Blocking::new;
            let filter = new(input.list(block));
            Request::read(input).with(|request| {
                let applies = filter.applies(request);
                format!("applies: {applies}, {}", outcome(filter.check(request, 0)))
            })
        }
        "Applying" => applying(input),
        "Admit" => {
            let log = Log::default();
            let phase = Admission(gates(input, &log));
            let now_ms = input.wide();
            let got = Request::read(input).with(|request| outcome(phase.run(Arrived { request, now_ms }).map(drop)));
            format!("{got}, asked: {}", log.told())
        }
        "InARow" => {
            let (text, log) = (input.text(), Log::default());
            let half = || Half(log.clone());
            let got = match input.number() {
                2 => then(Length, half()).run(text.as_str()),
                3 => then(then(Length, half()), half()).run(text.as_str()),
                _ => then(Length, then(half(), then(half(), half()))).run(text.as_str()),
            };
            format!("{}, asked: {}", got.map_or_else(|answer| shown_answer(&answer), |got| got.to_string()), log.told())
        }
        "Shape" => {
            let new: fn(Vec<Rewrite>) -> Rewriting = Rewriting::new;
            let rewrites = input.list(rewrite);
            let filter = new(rewrites.clone());
            let mut edits = Edits::default();
            let applies = Request::read(input).with(|request| {
                filter.shape(request, &mut edits);
                filter.applies(request)
            });
            format!("applies: {applies}, {}", told(&edits, &rewrites))
        }
        "Whole" => whole(input),
        other => unreachable!("the case maker has no call {other}"),
    }
}

/// Which filters apply to one request after another, of which only the first few are asked for.
fn applying(input: &mut Input<'_>) -> String {
    let filters = gates(input, &Log::default());
    let wanted = input.size();
    let names = listed(input.list(Request::read).into_iter().map(|request| {
        request.with(|request| {
            listed(filters.applying(request).take(wanted).map(|filter: &dyn Guard| filter.name().to_owned()))
        })
    }));
    let counts = filters.counts().map(|count| format!("{count:?}"));
    format!("{names}, {}", listed(counts))
}

/// A whole pipeline, with a guard of our own, and one request after another.
fn whole(input: &mut Input<'_>) -> String {
    fn shared<T: Send + Sync + 'static>(value: T) -> T {
        value
    }
    let new: fn(&Rules) -> Pipeline = Pipeline::new;
    let rules =
        Rules { blocks: input.list(block), rewrites: input.list(rewrite), rates: input.list(rate), ..Rules::default() };
    let renewed_after = input.size();
    let gate = |log: &Log| Gate { name: "health", scope: below("/health"), answer: teapot("well"), log: log.clone() };
    let log = Log::default();
    let mut pipeline = shared(new(&rules).with_guard(gate(&log)));
    let mut said = Vec::new();
    for (round, (request, now_ms)) in input.list(|input| (Request::read(input), input.wide())).into_iter().enumerate() {
        if round == renewed_after {
            said.push(format!("{:?}", pipeline.counts()));
            pipeline = pipeline.renewed(&rules).with_guard(gate(&log));
        }
        said.push(request.with(|request| match pipeline.run(request, now_ms) {
            Ok(edits) => told(&edits, &rules.rewrites),
            Err(answer) => shown_answer(&answer),
        }));
    }
    said.push(format!("{:?}", pipeline.counts()));
    said.push(log.told());
    listed(said)
}

/// What was asked of our own filters and phases, in order.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn add(&self, word: String) {
        self.0.lock().expect("nobody panics while holding it").push(word);
    }

    fn told(&self) -> String {
        listed(self.0.lock().expect("nobody panics while holding it").clone())
    }
}

/// A guard that applies below a path, notes that it was asked, and answers what it was made with.
struct Gate {
    name: &'static str,
    scope: Scope,
    answer: Option<Answer>,
    log: Log,
}

impl Filter for Gate {
    fn name(&self) -> &'static str {
        self.name
    }

    fn applies(&self, request: &Incoming<'_>) -> bool {
        self.scope.matches(request.host, request.path())
    }
}

impl Guard for Gate {
    fn check(&self, _: &Incoming<'_>, now_ms: u64) -> Result<(), Answer> {
        self.log.add(format!("{} at {now_ms}", self.name));
        self.answer.clone().map_or(Ok(()), Err)
    }
}

fn gates(input: &mut Input<'_>, log: &Log) -> Filters<dyn Guard> {
    let gates = input.list(|input| {
        // As long as the program: a name is `'static`.
        let name: &'static str = Box::leak(input.text().into_boxed_str());
        let (scope, answer) = (below(&input.text()), input.option(Input::text));
        let answer = answer.and_then(|words| teapot(&words));
        Box::new(Gate { name, scope, answer, log: log.clone() }) as Box<dyn Guard>
    });
    Filters::new(gates)
}

/// An answer with these words: a refusal when they begin with "no".
fn teapot(words: &str) -> Option<Answer> {
    Some(if words.starts_with("no") {
        Answer::Reject { status: 418, why: "no coffee", retry_after_s: Some(words.len() as u64) }
    } else {
        Answer::Respond { status: 200, fields: FieldLines::new(), body: words.as_bytes().to_vec() }
    })
}

struct Length;

impl<'a> Phase<&'a str> for Length {
    type Out = usize;

    fn run(&self, input: &'a str) -> Result<usize, Answer> {
        if input.is_empty() { Err(teapot("no letter").expect("an answer")) } else { Ok(input.len()) }
    }
}

/// Refuses odd numbers, and notes that it was asked.
struct Half(Log);

impl Phase<usize> for Half {
    type Out = usize;

    fn run(&self, input: usize) -> Result<usize, Answer> {
        self.0.add(format!("half of {input}"));
        if input % 2 == 1 { Err(teapot("odd").expect("an answer")) } else { Ok(input / 2) }
    }
}

fn outcome(got: Result<(), Answer>) -> String {
    got.map_or_else(|answer| shown_answer(&answer), |()| String::from("passes"))
}

/// An answer without its reason: those words are the learner's own.
fn shown_answer(answer: &Answer) -> String {
    match answer {
        Answer::Reject { status, why: _, retry_after_s } => format!("Reject {status}, retry {retry_after_s:?}"),
        Answer::Respond { status, fields: _, body } => format!("Respond {status}, {}", shown(body)),
    }
}

/// Edits, and of each list of changes whether it is shared with its rule.
fn told(edits: &Edits, rewrites: &[Rewrite]) -> String {
    let target = edits.target.as_ref().map_or_else(|| String::from("none"), |target| shown(target));
    let list = |changes: &Arc<[FieldEdit]>| {
        let shared =
            rewrites.iter().any(|rule| Arc::ptr_eq(&rule.request, changes) || Arc::ptr_eq(&rule.response, changes));
        format!("{changes:?} shared: {shared}")
    };
    let (request, response) = (listed(edits.request.iter().map(list)), listed(edits.response.iter().map(list)));
    format!("target: {target}, id: {}, request: {request}, response: {response}", edits.id.is_some())
}

/// What an [`Incoming`] borrows.
struct Request {
    method: Vec<u8>,
    target: Vec<u8>,
    host: Vec<u8>,
    client: IpAddr,
    fields: FieldLines,
}

impl Request {
    fn read(input: &mut Input<'_>) -> Self {
        let (target, method, host) = (input.bytes(), input.bytes(), input.bytes());
        let client = input.text().parse().expect("the case maker sends an address");
        let mut fields = FieldLines::new();
        for (name, value) in input.list(|input| (input.bytes(), input.bytes())) {
            fields.push(&name, &value).expect("the case maker sends good fields");
        }
        Self { method, target, host, client, fields }
    }

    fn with<T>(&self, look: impl FnOnce(&Incoming<'_>) -> T) -> T {
        look(&Incoming::new(&self.method, &self.target, &self.host, self.client, self.fields.as_fields()))
    }
}

fn word<T: FromStr<Err = Wrong>>(text: &str) -> T {
    text.parse().unwrap_or_else(|wrong| unreachable!("the case maker sends good words: {wrong}"))
}

fn below(path: &str) -> Scope {
    Scope { path: word(path), ..Scope::default() }
}

fn block(input: &mut Input<'_>) -> Block {
    let mut maybe = || input.option(Input::text);
    let (host, path, method, client, header, contains) = (maybe(), maybe(), maybe(), maybe(), maybe(), maybe());
    Block {
        scope: Scope {
            host: host.as_deref().map(word).unwrap_or_default(),
            path: path.as_deref().map(word).unwrap_or_default(),
        },
        method: method.as_deref().map(word),
        client: client.as_deref().map(word),
        field: header.map(|name| FieldMatch { name: word(&name), contains: contains.as_deref().map(word) }),
        status: u16::try_from(input.number()).expect("the case maker sends a status"),
    }
}

fn rewrite(input: &mut Input<'_>) -> Rewrite {
    Rewrite {
        scope: below(&input.text()),
        to: input.option(|input| word(&input.text())),
        request: input.list(edit).into(),
        response: input.list(edit).into(),
    }
}

/// A change to a field: a name, and a value if one is set.
fn edit(input: &mut Input<'_>) -> FieldEdit {
    let name = word(&input.text());
    match input.option(Input::text) {
        Some(value) => FieldEdit::Set(name, word(&value)),
        None => FieldEdit::Remove(name),
    }
}

fn rate(input: &mut Input<'_>) -> RateLimit {
    let scope = below(&input.text());
    let mut number = || u32::try_from(input.number()).ok().and_then(|number| number.try_into().ok());
    let (requests, burst) = (number(), number());
    let wanted = "the case maker sends numbers from 1";
    RateLimit { scope, requests: requests.expect(wanted), burst: burst.expect(wanted) }
}
